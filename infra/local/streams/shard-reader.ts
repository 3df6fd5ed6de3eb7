import {
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { StreamCheckpoints } from './stream-checkpoints.ts';

/** Reads one shard from where it was delivered to, batch by batch. */
export class ShardReader {
  readonly shardId: string;
  readonly #client: DynamoDBStreamsClient;
  readonly #streamArn: string;
  readonly #checkpoints: StreamCheckpoints;
  #iterator: string | undefined;
  /** The shard was closed and everything in it was read. */
  finished = false;

  constructor(
    client: DynamoDBStreamsClient,
    streamArn: string,
    shardId: string,
    checkpoints: StreamCheckpoints,
  ) {
    this.#client = client;
    this.#streamArn = streamArn;
    this.shardId = shardId;
    this.#checkpoints = checkpoints;
  }

  /** The next records, at most `limit`; none when nothing is new. */
  async read(limit: number): Promise<readonly StreamRecord[]> {
    try {
      this.#iterator ??= await this.#startingPoint();
      const { Records, NextShardIterator } = await this.#client.send(
        new GetRecordsCommand({ ShardIterator: this.#iterator, Limit: limit }),
      );
      this.#iterator = NextShardIterator;
      this.finished = NextShardIterator === undefined;
      return Records ?? [];
    } catch (error) {
      this.#iterator = undefined;
      if (error instanceof ExpiredIteratorException) return [];
      if (!(error instanceof TrimmedDataAccessException)) throw error;
      this.#checkpoints.forget(this.#streamArn, this.shardId);
      return [];
    }
  }

  async #startingPoint(): Promise<string | undefined> {
    const delivered = this.#checkpoints.delivered(this.#streamArn, this.shardId);
    const { ShardIterator } = await this.#client.send(
      new GetShardIteratorCommand({
        StreamArn: this.#streamArn,
        ShardId: this.shardId,
        ...(delivered === undefined
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: delivered }),
      }),
    );
    return ShardIterator;
  }
}
