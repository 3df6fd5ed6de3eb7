import { setTimeout } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BatchGetCommand, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ChangeEntry } from '../../shared/domain/audit/audit-entry.ts';
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
    let waiting: Record<string, unknown>[] = distinct.slice(start, start + keysTogether);
    while (waiting.length > 0) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({
          RequestItems: { [table]: { Keys: waiting, ConsistentRead: true, ProjectionExpression: 'pk, sk' } },
        }),
      );
      for (const found of Responses?.[table] ?? []) present.add(nameOf(found as unknown as ItemKey));
      waiting = UnprocessedKeys?.[table]?.Keys ?? [];
      // It gives as many as it has capacity for.
      if (waiting.length > 0) await setTimeout(100);
    }
  }
  return distinct.filter((key) => !present.has(nameOf(key)));
}

/** As many as a batch may ask for. */
const keysTogether = 100;
