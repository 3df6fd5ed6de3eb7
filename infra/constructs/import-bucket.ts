import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { folders } from '../../functions/import/dropped-file.ts';
import { removalPolicyOf, type StageConfig } from '../config/stage-config.ts';
import { acknowledge } from './acknowledge.ts';

export interface ImportBucketProps {
  readonly stage: StageConfig;
  /** Told of every object that begins an import. */
  readonly queue: Queue;
  /** How long a message about an object may be on its way, dead letters included, in days. */
  readonly messageDays: number;
}

/** What bureaus dropped, and what became of it, is gone for good after so many days: people stand in it. */
const keptDays = 30;
/** A mapping that was replaced can be had back. No person stands in it. */
const oldMappingDays = 365;

const common = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  // Objects belong to this account, whoever wrote them; rights are given by policies alone.
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
};

/**
 * The bucket that bureaus drop files into: under a key of its own, versioned, so that a file is imported as it was dropped,
 * over TLS only, with a log of who did what, and emptied by itself.
 */
export class ImportBucket extends Construct {
  readonly bucket: Bucket;
  readonly encryptionKey: Key;

  constructor(scope: Construct, id: string, { stage, queue, messageDays }: ImportBucketProps) {
    super(scope, id);
    const removalPolicy = removalPolicyOf(stage);
    this.encryptionKey = new Key(this, 'Key', {
      description: 'Encrypts the files that bureaus drop for permit-eligibility',
      enableKeyRotation: true,
      removalPolicy,
    });
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...common,
      // S3 delivers its logs to no bucket with a key of KMS.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(stage.logRetention) }],
      removalPolicy,
    });
    acknowledge(accessLogs, 'AwsSolutions-S1');

    this.bucket = new Bucket(this, 'Bucket', {
      ...common,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.encryptionKey,
      bucketKeyEnabled: true,
      versioned: true,
      // CDK's own types disagree under `exactOptionalPropertyTypes`.
      serverAccessLogsBucket: accessLogs as IBucket,
      lifecycleRules: [
        // A version that was replaced is what a message still on its way is about.
        kept(folders.incoming, messageDays),
        kept(folders.continue, messageDays),
        kept(folders.reports, 1),
        {
          id: 'old-mappings',
          prefix: folders.mappings,
          noncurrentVersionExpiration: Duration.days(oldMappingDays),
        },
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy,
    });
    this.#notify(queue);
  }

  /** The ARN of everything in one of its folders. */
  objectsIn(folder: keyof typeof folders): string {
    return this.bucket.arnForObjects(`${folders[folder]}*`);
  }

  /**
   * In CloudFormation's own way: CDK's `addEventNotification` deploys a function that may change the notifications of
   * every bucket.
   */
  #notify(queue: Queue): void {
    queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NotificationsOfBuckets',
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        // Not the bucket's ARN: S3 tries the queue when the bucket is made, and the bucket has no name before.
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    const resource = this.bucket.node.defaultChild as CfnBucket;
    resource.notificationConfiguration = {
      queueConfigurations: [folders.incoming, folders.continue].map((prefix) => ({
        event: 's3:ObjectCreated:*',
        queue: queue.queueArn,
        filter: { s3Key: { rules: [{ name: 'prefix', value: prefix }] } },
      })),
    };
    // And with it its policy, which has to be there when S3 tries it.
    this.bucket.node.addDependency(queue);
  }
}

/** Gone {@link keptDays} after it was written, or earlier when it was replaced or deleted. */
function kept(prefix: string, replacedDays: number): LifecycleRule {
  return {
    id: `${prefix.slice(0, -1)}-after-${keptDays}-days`,
    prefix,
    expiration: Duration.days(keptDays - replacedDays),
    noncurrentVersionExpiration: Duration.days(replacedDays),
  };
}
