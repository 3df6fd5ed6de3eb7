import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { streamDelivery } from '../../stream-delivery.ts';
import { lambdaContext } from '../gateway/function-instances.ts';
import { deliverBatch } from './deliver-batch.ts';
import { listShards } from './list-shards.ts';
import { ShardReader } from './shard-reader.ts';
import { StreamCheckpoints } from './stream-checkpoints.ts';
import { lambdaRecord } from './stream-event.ts';

export interface StreamPumpOptions {
  readonly client: DynamoDBDocumentClient;
  readonly streams: DynamoDBStreamsClient;
  /** Physical names of the tables to read; those without a stream are left out. */
  readonly tables: readonly string[];
  /** The function, as Lambda would call it. */
  readonly handler: (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;
  /** Where the checkpoints and the dead letters are kept. */
  readonly directory: string;
  /** Told of what keeps a stream from being read, once until it is read again. */
  readonly onError?: (error: unknown) => void;
  /** How often a record that fails is tried again; that of the deployment when absent. */
  readonly retries?: number;
}

export interface StreamPump {
  /** Lets the batch under way finish, but not for ever; what was not delivered is at the next start. */
  stop(): Promise<void>;
}

const idleMilliseconds = 250;
const afterErrorMilliseconds = 1_000;
/** Less than on AWS: stopping waits for it. */
const functionTimeoutMilliseconds = 10_000;

/** The file that remembers how far the streams were delivered. */
export const checkpointFile = 'stream-checkpoints.json';
/** What was given up on, a line each: where it stands in its stream, never what it says. */
export const deadLetterFile = 'dead-letters.ndjson';

/**
 * Hands the changes of tables to the stream function, as Lambda's event source mapping does: in the order of each
 * shard, in batches, again when they failed, at least once also across restarts.
 */
export async function startStreamPump(options: StreamPumpOptions): Promise<StreamPump> {
  const stopping = new AbortController();
  const checkpoints = new StreamCheckpoints(join(options.directory, checkpointFile));
  const arns = await Promise.all(options.tables.map((table) => streamArn(options.client, table)));
  const running = arns
    .filter((arn) => arn !== undefined)
    .map((arn) => pumpStream(arn, checkpoints, options, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function streamArn(client: DynamoDBDocumentClient, table: string): Promise<string | undefined> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  return Table?.StreamSpecification?.StreamEnabled ? Table.LatestStreamArn : undefined;
}

/** Reads one stream until it is told to stop. */
async function pumpStream(
  arn: string,
  checkpoints: StreamCheckpoints,
  options: StreamPumpOptions,
  stopping: AbortSignal,
): Promise<void> {
  let readers: ShardReader[] = [];
  let failing = false;
  while (!stopping.aborted) {
    let pause = idleMilliseconds;
    try {
      if (readers.every(({ finished }) => finished))
        readers = await openReaders(arn, readers, checkpoints, options);
      for (const reader of readers.filter(({ finished }) => !finished)) {
        const records = await reader.read(streamDelivery.batchSize);
        if (records.length === 0) continue;
        pause = 0;
        const batch = records.map((record) => lambdaRecord(record, arn));
        await deliverBatch(batch, deliveryTo(options, checkpoints, arn, reader.shardId, stopping));
      }
      failing = false;
    } catch (error) {
      if (stopping.aborted) return;
      // From the checkpoints again: what was read and not delivered must not be passed over.
      readers = [];
      pause = afterErrorMilliseconds;
      if (!failing) options.onError?.(error);
      failing = true;
    }
    if (pause > 0) await wait(pause, undefined, { signal: stopping }).catch(() => {});
  }
}

/** Readers of the shards whose turn it is: a shard that was split from another comes after the end of that one. */
async function openReaders(
  arn: string,
  known: readonly ShardReader[],
  checkpoints: StreamCheckpoints,
  { streams }: StreamPumpOptions,
): Promise<ShardReader[]> {
  const finished = new Map(known.map((reader) => [reader.shardId, reader]));
  const shards = await listShards(streams, arn);
  const unfinished = new Set(shards.flatMap(({ ShardId: id }) => (id && !finished.has(id) ? [id] : [])));
  return shards.flatMap(({ ShardId: id, ParentShardId: parent }) => {
    if (id === undefined || (parent !== undefined && unfinished.has(parent))) return [];
    return [finished.get(id) ?? new ShardReader(streams, arn, id, checkpoints)];
  });
}

function deliveryTo(
  options: StreamPumpOptions,
  checkpoints: StreamCheckpoints,
  arn: string,
  shardId: string,
  stopping: AbortSignal,
): Parameters<typeof deliverBatch>[1] {
  return {
    retries: options.retries ?? streamDelivery.retries,
    invoke(records) {
      const context = lambdaContext('stream', randomUUID(), functionTimeoutMilliseconds);
      return options.handler({ Records: [...records] }, context);
    },
    settled: (sequenceNumber) => checkpoints.advance(arn, shardId, sequenceNumber),
    gaveUp(records) {
      const letter = {
        timestamp: new Date().toISOString(),
        DDBStreamBatchInfo: {
          streamArn: arn,
          shardId,
          startSequenceNumber: records[0]?.dynamodb?.SequenceNumber,
          endSequenceNumber: records.at(-1)?.dynamodb?.SequenceNumber,
          batchSize: records.length,
        },
      };
      appendFileSync(join(options.directory, deadLetterFile), `${JSON.stringify(letter)}\n`);
    },
    pause: (milliseconds) => wait(milliseconds, undefined, { signal: stopping }),
  };
}
