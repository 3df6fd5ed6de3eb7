import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type Code, EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { folders } from '../../functions/import/dropped-file.ts';
import type { environmentSchema } from '../../functions/import/env.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { acknowledgeObjects } from './acknowledge.ts';
import { ApiFunction } from './api-function.ts';
import { ImportBucket } from './import-bucket.ts';
import { wrappingAccess } from './key-access.ts';
import type { ProductTable } from './product-table.ts';
import { readWriteAccess } from './table-access.ts';

export interface FileImportProps {
  readonly stage: StageConfig;
  readonly logKey: IKey;
  /** The bundled code of the function. */
  readonly code: Code;
  readonly residents: ProductTable;
  /** Wraps the keys of residents. */
  readonly residentKey: IKey;
}

/** The longest a function may run. A longer file goes on in the next run, which reads over what was done. */
const timeout = Duration.minutes(15);
/** Six times the function's time, as Lambda asks for: a message that is being carried out must not come again meanwhile. */
const visibilityTimeout = Duration.minutes(6 * timeout.toMinutes());
const tries = 5;
/** The longest a queue keeps a message, counted from when it was first sent: also among the dead letters. */
const messageDays = 14;

/**
 * Files that bureaus drop, imported: a bucket, whose notifications wait in a queue, and the function that carries them out.
 * What it failed at five times lies in the dead letters.
 */
export class FileImport extends Construct {
  readonly bucket: ImportBucket;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: FileImportProps) {
    super(scope, id);
    const { stage, logKey, code, residents, residentKey } = props;
    // The messages name files and hold nothing of them: a key of ours would protect little.
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...common,
      retentionPeriod: Duration.days(messageDays),
    });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout,
      // Shorter than that of the dead letters, which count from the same day.
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: tries },
    });
    this.bucket = new ImportBucket(this, 'Files', { stage, queue: this.queue, messageDays });

    this.function = new ApiFunction<typeof environmentSchema>(this, 'Handler', {
      name: 'import',
      stage,
      logKey,
      code,
      timeout,
      // A whole vCPU: events are judged, sealed and hashed as fast as the table takes them.
      memorySize: 1769,
      environment: {
        IMPORT_BUCKET: this.bucket.bucket.bucketName,
        RESIDENTS_TABLE: readWriteAccess(residents),
        RESIDENT_KEY_ID: wrappingAccess(residentKey),
      },
    }).function;
    this.#allowFiles();
    this.#deliver();
  }

  /** Reading by name, writing what comes of it; no list, no delete. */
  #allowFiles(): void {
    const { encryptionKey } = this.bucket;
    const read = (['incoming', 'continue', 'mappings'] as const).map((folder) =>
      this.bucket.objectsIn(folder),
    );
    const written = (['continue', 'reports'] as const).map((folder) => this.bucket.objectsIn(folder));
    acknowledgeObjects(this, this.bucket.bucket, Object.values(folders));
    this.#allow(['s3:GetObject', 's3:GetObjectVersion'], ...read);
    this.#allow(['s3:PutObject'], ...written);
    this.#allow(['kms:Decrypt', 'kms:GenerateDataKey'], encryptionKey.keyArn);
  }

  #deliver(): void {
    const { queueArn } = this.queue;
    this.#allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queueArn);
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: this.function,
      eventSourceArn: queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      // Files must not crowd the table that callers ask. Reserved concurrency alone would turn the third message away and
      // count it as a try; this leaves it in the queue. Two is the least there is, and what is reserved must not be less.
      maxConcurrency: 2,
    });
    // Lambda tries the role's rights when the mapping is made.
    const policy = this.function.role?.node.tryFindChild('DefaultPolicy');
    if (policy) mapping.node.addDependency(policy);
  }

  #allow(actions: string[], ...resources: string[]): void {
    this.function.addToRolePolicy(new PolicyStatement({ actions, resources }));
  }
}
