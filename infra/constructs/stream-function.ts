import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  EventSourceMapping,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type * as z from 'zod/mini';
import type { BackgroundFunctionName } from '../function-names.ts';
import { streamDelivery } from '../stream-delivery.ts';
import { acknowledge } from './acknowledge.ts';
import { ApiFunction, type ApiFunctionProps } from './api-function.ts';
import type { ProductTable } from './product-table.ts';

export interface StreamFunctionProps<Schema extends z.ZodMiniObject> extends ApiFunctionProps<Schema> {
  readonly name: BackgroundFunctionName;
  /** The tables whose streams it is given, by logical name. */
  readonly sources: Readonly<Record<string, ProductTable>>;
}

/** The longest a queue keeps a message. */
const deadLetterDays = 14;
const streamReadActions = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

/**
 * A function that is told every change of some tables: in order, at least once, from the oldest change a stream still
 * has. What it cannot take is tried again, halved until one record stands alone, and then named in the dead letters:
 * where it stands in its stream, not what it says.
 */
export class StreamFunction<Schema extends z.ZodMiniObject> extends Construct {
  readonly function: LambdaFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: StreamFunctionProps<Schema>) {
    super(scope, id);
    const { sources, ...functionProps } = props;
    this.function = new ApiFunction<Schema>(this, 'Handler', {
      ...functionProps,
      timeout: Duration.seconds(streamDelivery.functionTimeoutSeconds),
    }).function;

    this.deadLetters = new Queue(this, 'DeadLetters', {
      // The messages hold numbers of shards and records only, so a key of ours would protect nothing.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(deadLetterDays),
    });
    acknowledge(this.deadLetters, 'AwsSolutions-SQS3');
    this.allow(['sqs:SendMessage'], this.deadLetters.queueArn);

    const { queueArn } = this.deadLetters;
    for (const [name, { table, encryptionKey }] of Object.entries(sources)) {
      const streamArn = table.tableStreamArn;
      if (streamArn === undefined) throw new Error(`The table ${name} has no stream.`);
      this.allow(streamReadActions, streamArn);
      this.allow(['kms:Decrypt'], encryptionKey.keyArn);
      const mapping = new EventSourceMapping(this, `stream-of-${name}`, {
        target: this.function,
        eventSourceArn: streamArn,
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: streamDelivery.batchSize,
        maxBatchingWindow: Duration.seconds(streamDelivery.maxBatchingWindowSeconds),
        // More than one batch of a shard at a time would lose the order.
        parallelizationFactor: 1,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        retryAttempts: streamDelivery.retries,
        onFailure: { bind: () => ({ destination: queueArn }) },
      });
      // Lambda tries the role's rights when the mapping is made.
      const policy = this.function.role?.node.tryFindChild('DefaultPolicy');
      if (policy) mapping.node.addDependency(policy);
    }
  }

  private allow(actions: string[], resource: string): void {
    this.function.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}
