import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StageConfig, StageName } from './stage-config.ts';

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
    issuers: [],
    allowedOrigins: [],
    apiKeyEnvironment: 'test',
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
    issuers: [],
    allowedOrigins: [],
    apiKeyEnvironment: 'live',
    reservedConcurrency: {},
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
    issuers: [],
    allowedOrigins: [],
    apiKeyEnvironment: 'live',
    reservedConcurrency: {},
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
