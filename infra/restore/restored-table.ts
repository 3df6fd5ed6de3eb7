import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ChangeEntry } from '../../shared/domain/audit/audit-entry.ts';
import { batchGet } from '../../shared/stores/dynamodb/batch-get.ts';
import { itemsOfPages } from '../../shared/stores/dynamodb/items-of-pages.ts';

/** A restored table, the one it takes the place of, and what changed since. */
export interface RestoredTable {
  readonly client: DynamoDBDocumentClient;
  readonly restored: string;
  /** Null: it is gone, or not to be looked at. */
  readonly live: string | null;
  /** The changes of the live table that the audit knows of since the restore point. */
  readonly changes: readonly ChangeEntry[];
}

interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Every item of a table, or those a filter lets through. */
export function scanTable(
  client: DynamoDBDocumentClient,
  table: string,
  filter: {
    readonly FilterExpression?: string;
    readonly ExpressionAttributeValues?: Record<string, string>;
  } = {},
): AsyncGenerator<Record<string, unknown>> {
  return itemsOfPages((ExclusiveStartKey) =>
    client.send(new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey, ...filter })),
  );
}

/** An item; undefined where there is none. */
export async function getItem(
  client: DynamoDBDocumentClient,
  table: string,
  { pk, sk }: ItemKey,
): Promise<Record<string, unknown> | undefined> {
  const { Item } = await client.send(
    new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }),
  );
  return Item;
}

/** Those of some keys that a table has no item under, in their order. */
export async function absentKeys(
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly ItemKey[],
): Promise<ItemKey[]> {
  const nameOf = ({ pk, sk }: ItemKey) => JSON.stringify([pk, sk]);
  const distinct = [...new Map(keys.map(({ pk, sk }) => [nameOf({ pk, sk }), { pk, sk }])).values()];
  const present = new Set<string>();
  for (let start = 0; start < distinct.length; start += keysTogether) {
    const found = await batchGet(client, table, distinct.slice(start, start + keysTogether), {
      ProjectionExpression: 'pk, sk',
      // Nobody waits for an answer here.
      attempts: Number.POSITIVE_INFINITY,
    });
    for (const item of found) present.add(nameOf(item as unknown as ItemKey));
  }
  return distinct.filter((key) => !present.has(nameOf(key)));
}

/** As many as a batch may ask for. */
const keysTogether = 100;
