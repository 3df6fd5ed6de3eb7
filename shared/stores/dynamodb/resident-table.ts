import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ResidentStoreUnavailable } from '../../domain/register/resident-store.ts';
import { nameOf } from '../../observability/describe-error.ts';
import { itemsOfPages } from './items-of-pages.ts';

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export type TransactionItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What a write of a transaction has to do with its being cancelled. */
export type CancelledBy = 'nothing' | 'condition' | 'conflict';

/**
 * The `residents` table: consistent reads, and transactions whose cancellation is an answer.
 *
 * What stood in a write's way is not asked for (`ALL_OLD`): either that it stood there is all there is to know, or the
 * record has to be looked for again under every key.
 */
export class ResidentTable {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;

  constructor(client: DynamoDBDocumentClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** @throws ResidentStoreUnavailable */
  async get(key: ItemKey): Promise<Record<string, unknown> | null> {
    const { Item } = await this.answer(
      this.#client.send(new GetCommand({ TableName: this.#name, Key: key, ConsistentRead: true })),
    );
    return Item ?? null;
  }

  /**
   * The items of a collection, in the order of their sort keys.
   *
   * @param prefix what the sort keys begin with; absent: all.
   * @param keysOnly without the rest of the items.
   * @throws ResidentStoreUnavailable
   */
  async *query(
    pk: string,
    { prefix, keysOnly = false }: { prefix?: string; keysOnly?: boolean } = {},
  ): AsyncGenerator<Record<string, unknown>> {
    yield* itemsOfPages((startKey) =>
      this.answer(
        this.#client.send(
          new QueryCommand({
            TableName: this.#name,
            KeyConditionExpression:
              prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: { ':pk': pk, ...(prefix !== undefined && { ':prefix': prefix }) },
            ...(keysOnly && { ProjectionExpression: 'pk, sk' }),
            ConsistentRead: true,
            ExclusiveStartKey: startKey,
          }),
        ),
      ),
    );
  }

  /**
   * Writes all or nothing; null when it was done, else what each write has to do with its not being done.
   *
   * The token makes the tries of one call count once, where the answer to the first was lost.
   *
   * @throws ResidentStoreUnavailable
   */
  async transact(items: readonly TransactionItem[]): Promise<readonly CancelledBy[] | null> {
    try {
      await this.#client.send(
        new TransactWriteCommand({ TransactItems: [...items], ClientRequestToken: randomUUID() }),
      );
      return null;
    } catch (error) {
      // A try of the same call is still at it.
      if (nameOf(error) === 'TransactionInProgressException') return items.map(() => 'conflict');
      const causes = error instanceof TransactionCanceledException ? causesOf(error) : null;
      if (causes === null) throw unavailable(error);
      return causes;
    }
  }

  /**
   * The partition keys of all items that begin with a prefix, in no order. Reads the whole table: for tools only.
   *
   * @throws ResidentStoreUnavailable
   */
  async *scanPartitions(prefix: string): AsyncGenerator<string> {
    const items = itemsOfPages((startKey) =>
      this.answer(
        this.#client.send(
          new ScanCommand({
            TableName: this.#name,
            FilterExpression: 'begins_with(pk, :prefix)',
            ExpressionAttributeValues: { ':prefix': prefix },
            ProjectionExpression: 'pk',
            ConsistentRead: true,
            ExclusiveStartKey: startKey,
          }),
        ),
      ),
    );
    for await (const { pk } of items) yield String(pk);
  }

  /** @throws ResidentStoreUnavailable */
  async deleteOne(key: ItemKey): Promise<void> {
    await this.answer(this.#client.send(new DeleteCommand({ TableName: this.#name, Key: { ...key } })));
  }

  put(item: ItemKey, condition: object = {}): TransactionItem {
    return { Put: { TableName: this.#name, Item: item, ...condition } };
  }

  remove(key: ItemKey, condition: object = {}): TransactionItem {
    return { Delete: { TableName: this.#name, Key: { ...key }, ...condition } };
  }

  check(
    key: ItemKey,
    condition: {
      readonly ConditionExpression: string;
      readonly ExpressionAttributeValues?: Record<string, unknown>;
    },
  ): TransactionItem {
    return { ConditionCheck: { TableName: this.#name, Key: { ...key }, ...condition } };
  }

  /** What was sent, its failure as the port words it. */
  async answer<Output>(sent: Promise<Output>): Promise<Output> {
    try {
      return await sent;
    } catch (error) {
      throw unavailable(error);
    }
  }
}

function causesOf({ CancellationReasons = [] }: TransactionCanceledException): CancelledBy[] | null {
  const causes: CancelledBy[] = [];
  for (const { Code = 'None' } of CancellationReasons) {
    const cause = cancelledBy[Code];
    // Throttled, too large or not valid: nothing to be read from.
    if (cause === undefined) return null;
    causes.push(cause);
  }
  return causes.some((cause) => cause !== 'nothing') ? causes : null;
}

const cancelledBy: Readonly<Record<string, CancelledBy>> = {
  None: 'nothing',
  ConditionalCheckFailed: 'condition',
  TransactionConflict: 'conflict',
};

function unavailable(error: unknown): ResidentStoreUnavailable {
  return new ResidentStoreUnavailable(`The resident store did not answer: ${nameOf(error)}.`, {
    cause: error,
  });
}
