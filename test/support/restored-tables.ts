import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createTableInput } from '../../infra/local/create-tables.ts';
import { type TableDefinition, type TableName, tables } from '../../infra/tables.ts';

/** The name that {@link restoreAs} gives the copy of a table. */
export function restoredName(table: TableName): string {
  return `${table}-restored`;
}

/**
 * Copies a table as it stands to another name, as a restore to this point in time does: its items, keys and indexes, without
 * stream, time to live, protection and tags.
 */
export async function restoreAs(
  client: DynamoDBDocumentClient,
  table: TableName,
  name = restoredName(table),
): Promise<string> {
  const { stream: _, timeToLiveAttribute: __, ...definition } = tables[table] as TableDefinition;
  await client.send(new CreateTableCommand(createTableInput({ ...definition, name })));
  const items = await itemsOf(client, tables[table].name);
  for (let start = 0; start < items.length; start += 25) {
    const requests = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [name]: requests } }));
  }
  return name;
}

/** Every item of a table, in the order of its keys. */
export async function itemsOf(
  client: DynamoDBDocumentClient,
  TableName: string,
): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
  const place = ({ pk, sk }: Record<string, unknown>) => `${pk} ${sk}`;
  return Items.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
