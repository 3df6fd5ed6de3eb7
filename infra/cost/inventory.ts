/** A template as CDK writes it, as far as it is looked into. */
export interface StackTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

interface TemplateResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties differ by type; what is read of them is checked by the tests.
  readonly Properties?: any;
}

export interface FunctionInventory {
  readonly name: string;
  readonly memoryMegabytes: number;
  readonly architecture: 'arm64' | 'x86_64';
  readonly timeoutSeconds: number;
}

/** What the templates of a stage have that is paid for. */
export interface Inventory {
  readonly functions: Readonly<Record<string, FunctionInventory>>;
  /** True: the gateway has some requests traced by X-Ray. */
  readonly traced: boolean;
  /** All of them on demand. */
  readonly tables: { readonly count: number; readonly withStream: number; readonly restorable: number };
  readonly keys: { readonly count: number; readonly rotated: number };
  /** Days that each group of logs is kept for; null: for ever. */
  readonly logRetentionDays: readonly (number | null)[];
  /** Metrics that alarms watch; an alarm on a formula watches several. */
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  readonly buckets: number;
  readonly queues: number;
  readonly topics: number;
  readonly schedules: number;
  readonly webAcls: number;
  readonly webAclRules: number;
}

/** Types that cost nothing by themselves. Any other has to be priced, or named here, before a page can be written. */
const freeTypes = new Set([
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::UsagePlan',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentConfig',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::ResourcePolicy',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
]);

const pricedTypes = new Set([
  'AWS::ApiGateway::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::WAFv2::WebACL',
]);

/** A template has something that nobody has said the price of. */
export class UnpricedResource extends Error {
  override readonly name = 'UnpricedResource';
}

/**
 * Reads from templates what is paid for.
 *
 * @throws UnpricedResource for a type or a setting that the arithmetic does not know: better no page than a wrong one.
 */
export function inventoryOf(templates: readonly StackTemplate[]): Inventory {
  const resources = templates.flatMap(({ Resources }) => Object.values(Resources));
  const unknown = new Set(
    resources.map(({ Type }) => Type).filter((type) => !freeTypes.has(type) && !pricedTypes.has(type)),
  );
  if (unknown.size > 0) {
    throw new UnpricedResource(`Nobody has said what these cost: ${[...unknown].sort().join(', ')}.`);
  }
  const of = (type: string) =>
    resources.filter(({ Type }) => Type === type).map(({ Properties = {} }) => Properties);
  const tables = of('AWS::DynamoDB::Table');
  if (tables.some(({ BillingMode }) => BillingMode !== 'PAY_PER_REQUEST')) {
    throw new UnpricedResource('A table is not on demand.');
  }
  const stages = of('AWS::ApiGateway::Stage');
  if (stages.some(({ CacheClusterEnabled }) => CacheClusterEnabled === true)) {
    throw new UnpricedResource('The API has a cache.');
  }
  if (of('AWS::Lambda::Alias').some(({ ProvisionedConcurrencyConfig: provisioned }) => provisioned)) {
    throw new UnpricedResource('A function is kept started.');
  }
  const keys = of('AWS::KMS::Key');
  const webAcls = of('AWS::WAFv2::WebACL');
  return {
    functions: Object.fromEntries(
      of('AWS::Lambda::Function')
        .map(readFunction)
        .map((one) => [one.name, one]),
    ),
    traced: stages.some(({ TracingEnabled }) => TracingEnabled === true),
    tables: {
      count: tables.length,
      withStream: tables.filter(({ StreamSpecification }) => StreamSpecification !== undefined).length,
      restorable: tables.filter(
        ({ PointInTimeRecoverySpecification: recovery }) => recovery?.PointInTimeRecoveryEnabled === true,
      ).length,
    },
    keys: {
      count: keys.length,
      rotated: keys.filter(({ EnableKeyRotation }) => EnableKeyRotation === true).length,
    },
    logRetentionDays: of('AWS::Logs::LogGroup').map(({ RetentionInDays = null }) => RetentionInDays),
    alarmMetrics: of('AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    compositeAlarms: of('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    buckets: of('AWS::S3::Bucket').length,
    queues: of('AWS::SQS::Queue').length,
    topics: of('AWS::SNS::Topic').length,
    schedules: of('AWS::Events::Rule').length,
    webAcls: webAcls.length,
    webAclRules: webAcls.reduce((sum, { Rules = [] }) => sum + Rules.length, 0),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
function readFunction(properties: any): FunctionInventory {
  const { Description, MemorySize, Architectures, Timeout } = properties;
  const name = /: ([a-z]+)$/.exec(Description ?? '')?.[1];
  if (name === undefined) throw new UnpricedResource('A function does not say its name.');
  return {
    name,
    memoryMegabytes: MemorySize,
    architecture: Architectures[0],
    timeoutSeconds: Timeout,
  };
}

function metricsOf({ Metrics }: { readonly Metrics?: readonly { readonly MetricStat?: unknown }[] }): number {
  return Metrics === undefined ? 1 : Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
}
