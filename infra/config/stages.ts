import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StageConfig, StageName } from './stage-config.ts';

/**
 * What each function has for itself, and cannot go beyond: how many run at once at the rates the stage lets through, when
 * answers are slow (docs/deploying.md has the arithmetic).
 */
const productionConcurrency = {
  // The public door takes anyone, so its share is what must be left of the others.
  eligibility: 150,
  policies: 50,
  residents: 150,
  counter: 150,
  partners: 80,
  registry: 100,
  admin: 10,
  authorizer: 120,
  // A batch a shard at a time: four shards of each of three tables to begin with, and room for them to split.
  stream: 40,
  // Its queue is asked by two at a time; the rest is for runs that end while the next begin.
  import: 4,
  // One, and the one that was late.
  anchor: 2,
} as const satisfies StageConfig['reservedConcurrency'];

/** Every place the product is deployed to. The account is the one whose credentials deploy. */
export const stages = {
  dev: {
    name: 'dev',
    partition: 'aws',
    region: 'ap-southeast-1',
    architecture: Architecture.ARM_64,
    keepData: false,
    logRetention: RetentionDays.SIX_MONTHS,
    throttling: { requestsPerSecond: 50, burst: 100 },
    partnerThrottling: { requestsPerSecond: 5, burst: 10 },
    // Whoever tries the API hard, from one machine, is to see its own answers.
    webAcl: { mode: 'count', requestsPerAddress: 3_000 },
    issuers: [],
    allowedOrigins: [],
    apiKeyEnvironment: 'test',
    rollout: 'all-at-once',
    // Nothing is set aside: a new account has few, and Lambda keeps the last hundred from being set aside.
    accountConcurrency: 1000,
    reservedConcurrency: {},
    setsApiGatewayAccountRole: true,
  },
  prod: {
    name: 'prod',
    partition: 'aws',
    region: 'ap-southeast-1',
    architecture: Architecture.ARM_64,
    keepData: true,
    logRetention: RetentionDays.ONE_YEAR,
    throttling: { requestsPerSecond: 500, burst: 1000 },
    partnerThrottling: { requestsPerSecond: 20, burst: 40 },
    webAcl: { mode: 'block', requestsPerAddress: 30_000 },
    issuers: [],
    allowedOrigins: [],
    apiKeyEnvironment: 'live',
    rollout: { canaryMinutes: 10 },
    accountConcurrency: 1000,
    reservedConcurrency: productionConcurrency,
    setsApiGatewayAccountRole: true,
  },
  'prod-cn': {
    name: 'prod-cn',
    partition: 'aws-cn',
    region: 'cn-northwest-1',
    // Arm functions are not offered in every region and their presence in Ningxia could not be confirmed;
    // the bundles hold no native code, so nothing but the price differs.
    architecture: Architecture.X86_64,
    keepData: true,
    logRetention: RetentionDays.ONE_YEAR,
    throttling: { requestsPerSecond: 500, burst: 1000 },
    partnerThrottling: { requestsPerSecond: 20, burst: 40 },
    webAcl: { mode: 'block', requestsPerAddress: 30_000 },
    issuers: [],
    allowedOrigins: [],
    apiKeyEnvironment: 'live',
    rollout: { canaryMinutes: 10 },
    accountConcurrency: 1000,
    reservedConcurrency: productionConcurrency,
    setsApiGatewayAccountRole: true,
  },
} as const satisfies { readonly [Name in StageName]: StageConfig & { readonly name: Name } };

/**
 * The stage a command line named; `dev` when it named none.
 *
 * @throws Error naming the stages there are, when it is none of them.
 */
export function stageNamed(name: unknown): StageConfig {
  if (name === undefined) return stages.dev;
  if (typeof name === 'string' && Object.hasOwn(stages, name)) return stages[name as StageName];
  throw new Error(
    `There is no stage ${JSON.stringify(name)}. Choose one: ${Object.keys(stages).join(', ')}.`,
  );
}
