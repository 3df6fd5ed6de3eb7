import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type * as z from 'zod/mini';
import { bundleHandler } from '../bundling.ts';
import { removalPolicyOf, type StageConfig } from '../config/stage-config.ts';
import type { ProductFunctionName } from '../function-names.ts';
import { acknowledge } from './acknowledge.ts';
import { grantKeyAccess, type KeyAccess } from './key-access.ts';
import { grantTableAccess, type TableAccess } from './table-access.ts';

/**
 * A value for every variable the function's own schema (`functions/<name>/env.ts`) reads: one that is
 * missing, or one too many, does not compile. A table stands for its name, a key for its ARN, and brings the rights along.
 */
export type FunctionEnvironment<Schema extends z.ZodMiniObject> = {
  readonly [Variable in keyof z.input<Schema>]: string | TableAccess | KeyAccess;
};

export interface ApiFunctionProps<Schema extends z.ZodMiniObject> {
  readonly name: ProductFunctionName;
  readonly code: Code;
  readonly stage: StageConfig;
  readonly logKey: IKey;
  readonly environment: FunctionEnvironment<Schema>;
  /** How long an invocation may take; that of a request when absent. */
  readonly timeout?: Duration;
  /** Megabytes, and with them a share of a processor; that of a request when absent. */
  readonly memorySize?: number;
}

/** API Gateway would wait 29 seconds; nobody in front of a screen does. */
const requestTimeout = Duration.seconds(10);
/** A whole vCPU comes at 1769 MB; start-up is bound by it, evaluation is not. */
const requestMemory = 1024;

/**
 * A Lambda function behind the API, or one that works in its background: Node 24, its own role with nothing but what its environment and its
 * logs need, encrypted logs kept as long as the stage says.
 *
 * Lambda itself traces a call for X-Ray, with the times of start and call and nothing of the request. X-Ray's two write actions
 * know no resource to name: they are the one right on everything (`*`) that any role here has.
 */
export class ApiFunction<Schema extends z.ZodMiniObject> extends Construct {
  readonly name: ProductFunctionName;
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ApiFunctionProps<Schema>) {
    super(scope, id);
    const { name, stage, timeout = requestTimeout, memorySize = requestMemory } = props;
    this.name = name;

    const logGroup = new LogGroup(this, 'Logs', {
      retention: stage.logRetention,
      encryptionKey: props.logKey,
      removalPolicy: removalPolicyOf(stage),
    });
    // Without a role of its own the function would get AWS's managed one, which may write to every log group.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );

    const entries = Object.entries<EnvironmentValue>(props.environment);
    const reserved = stage.reservedConcurrency[name];
    this.function = new LambdaFunction(this, 'Function', {
      description: `permit-eligibility ${stage.name}: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: stage.architecture,
      handler: bundleHandler,
      code: props.code,
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      memorySize,
      timeout,
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      environment: {
        ...Object.fromEntries(entries.map(([key, value]) => [key, plainValue(value)])),
        // Costs nothing until an error is thrown, and then the log names the source line.
        NODE_OPTIONS: '--enable-source-maps',
      },
    });
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]');
    for (const [, value] of entries) {
      if (typeof value === 'string') continue;
      if ('table' in value) grantTableAccess(value, role);
      else grantKeyAccess(value, role);
    }
  }
}

type EnvironmentValue = string | TableAccess | KeyAccess;

function plainValue(value: EnvironmentValue): string {
  if (typeof value === 'string') return value;
  return 'table' in value ? value.table.table.tableName : value.key.keyArn;
}
