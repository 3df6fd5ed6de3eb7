import { Duration } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { removalPolicyOf, type StageConfig } from '../config/stage-config.ts';
import { acknowledge } from './acknowledge.ts';

/** As long as the audit is kept. */
const lockedYears = 3;

/**
 * Where the roots of the audit lie, and the key that signs them. In production nobody can remove or replace a root for three
 * years, not even the account's root user (compliance mode); where data goes with its stack, roots are locked for a day.
 */
export class AuditRoots extends Construct {
  readonly bucket: Bucket;
  readonly signingKey: Key;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageConfig }) {
    super(scope, id);
    const removalPolicy = removalPolicyOf(stage);
    this.signingKey = new Key(this, 'Key', {
      description: 'Signs the roots of the audit of permit-eligibility',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy,
    });

    const common = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // Hashes, times and ids: a key of ours would only stand between the roots and whoever verifies them.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...common,
      lifecycleRules: [{ expiration: Duration.days(stage.logRetention) }],
    });
    acknowledge(accessLogs, 'AwsSolutions-S1');
    this.bucket = new Bucket(this, 'Bucket', {
      ...common,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: stage.keepData
        ? ObjectLockRetention.compliance(Duration.days(lockedYears * 366))
        : ObjectLockRetention.governance(Duration.days(1)),
      // CDK's own types disagree under `exactOptionalPropertyTypes`.
      serverAccessLogsBucket: accessLogs as IBucket,
    });
  }
}
