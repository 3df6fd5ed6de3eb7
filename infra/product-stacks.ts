import { type App, Tags } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Route } from '../shared/contract/route.ts';
import { routes as productRoutes } from '../shared/contract/routes.ts';
import { checkConcurrency } from './config/check-concurrency.ts';
import type { StageConfig } from './config/stage-config.ts';
import type { ProductFunctionName } from './function-names.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { BackgroundStack } from './stacks/background-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { OperationsStack } from './stacks/operations-stack.ts';

export interface ProductStacksProps {
  readonly stage: StageConfig;
  /** The bundled code of a function. */
  readonly codeOf: (name: ProductFunctionName) => Code;
  /** Another table than the product's own; for tests. */
  readonly routes?: readonly Route[];
  /** The account deployed to; absent: the templates fit any account. */
  readonly account?: string | undefined;
}

export interface ProductStacks {
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly background: BackgroundStack;
  readonly operations: OperationsStack;
}

/**
 * Adds the whole product of one stage to an app: what is kept, what answers, what follows from it, what watches.
 *
 * @throws Error when the stage sets aside more concurrency than its account has.
 */
export function addProductStacks(app: App, props: ProductStacksProps): ProductStacks {
  const { stage, codeOf, account, routes = productRoutes } = props;
  checkConcurrency(stage);
  Tags.of(app).add('product', 'permit-eligibility');
  Tags.of(app).add('stage', stage.name);

  const common = (name: string, description: string) => ({
    stage,
    stackName: `permit-eligibility-${stage.name}-${name}`,
    description: `permit-eligibility ${stage.name}: ${description}`,
    env: { region: stage.region, ...(account !== undefined && { account }) },
  });
  const data = new DataStack(app, 'data', {
    ...common('data', 'tables and their key'),
    terminationProtection: stage.keepData,
  });
  const api = new ApiStack(app, 'api', {
    ...common('api', 'REST API and functions'),
    routes,
    tables: data.tables,
    residentKey: data.residentKey,
    credentialsKey: data.credentialsKey,
    codeOf,
  });
  const background = new BackgroundStack(app, 'background', {
    ...common('background', 'functions without a caller'),
    tables: data.tables,
    residentKey: data.residentKey,
    auditRoots: data.auditRoots,
    codeOf,
  });
  // Reads that stop while the audit is not anchored find it anchored when they are deployed.
  api.addStackDependency(background);
  const operations = new OperationsStack(app, 'operations', {
    ...common('operations', 'alarms and dashboard'),
    restApi: api.restApi,
    webAcl: api.webAcl,
    functions: {
      ...api.functions,
      anchor: background.anchor.function,
      stream: background.stream.function,
    },
    streams: { stream: background.stream },
    imports: { import: background.import },
    authorizer: api.authorizer,
    rollBackAlarms: api.rollBackAlarms,
    tables: Object.fromEntries(Object.entries(data.tables).map(([name, { table }]) => [name, table])),
  });
  return { data, api, background, operations };
}
