import { RemovalPolicy } from 'aws-cdk-lib';
import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { KeyEnvironment } from '../../shared/security/api-keys/api-key.ts';
import type { IssuerSettings } from '../../shared/security/tokens/issuer.ts';
import type { ProductFunctionName } from '../function-names.ts';

export type StageName = 'dev' | 'prod' | 'prod-cn';

/** How many of a new version's first minutes nine in ten requests stay with the version before. */
type CanaryMinutes = 5 | 10 | 15 | 30;

/** Everything in which one deployment differs from another. Stacks and constructs read nothing else. */
export interface StageConfig {
  readonly name: StageName;
  readonly partition: 'aws' | 'aws-cn';
  readonly region: string;
  readonly architecture: Architecture;
  /** Tables, logs and their keys outlive their stack, and a table cannot be deleted by mistake. */
  readonly keepData: boolean;
  /** Access and function logs. At least 180 days everywhere. */
  readonly logRetention: RetentionDays;
  /** What the whole API lets through; beyond it API Gateway answers 429. */
  readonly throttling: { readonly requestsPerSecond: number; readonly burst: number };
  /** What each third party is let through of it, whatever the others ask; beyond it API Gateway answers 429. */
  readonly partnerThrottling: { readonly requestsPerSecond: number; readonly burst: number };
  /** What the web ACL before the API does with a request that one of its rules is about, and how much is too much. */
  readonly webAcl: {
    /** `count` lets it through and counts it. */
    readonly mode: 'block' | 'count';
    /** What one address may ask in five minutes. Offices, and carriers of phones, show one address for thousands of people. */
    readonly requestsPerAddress: number;
  };
  /** Whose tokens are taken, and for what: docs/deploying.md. None: the guarded doors open to API keys alone. */
  readonly issuers: readonly IssuerSettings[];
  /**
   * The origins whose pages may use the guarded doors with a credential, such as `https://app.example.gov.cn`: web views of
   * mini-programs, screens of counters and operators. None: programs alone, and pages on the public door.
   */
  readonly allowedOrigins: readonly string[];
  /** Which API keys are good here. */
  readonly apiKeyEnvironment: KeyEnvironment;
  /**
   * How a new version of a function that callers wait for takes over: at once, or with one request in ten until so many
   * minutes have passed without an alarm.
   */
  readonly rollout: 'all-at-once' | { readonly canaryMinutes: CanaryMinutes };
  /** Concurrent executions the account may have in the region: Lambda's quota *Concurrent executions*. */
  readonly accountConcurrency: number;
  /**
   * Concurrent executions set aside for a function, and its upper bound. Absent: the account's shared pool.
   * What is set aside here is taken from every other function of the account.
   */
  readonly reservedConcurrency: Partial<Readonly<Record<ProductFunctionName, number>>>;
  /**
   * API Gateway writes access logs with one role an account and region. True: this stage sets it;
   * false: somebody else did, the account's baseline for one.
   */
  readonly setsApiGatewayAccountRole: boolean;
}

/** What becomes of a stage's tables, logs and keys when their stack goes. */
export function removalPolicyOf({ keepData }: StageConfig): RemovalPolicy {
  return keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
