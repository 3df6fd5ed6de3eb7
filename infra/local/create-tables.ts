import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type KeySchemaElement,
  ResourceInUseException,
  ScalarAttributeType,
  ScanCommand,
  StreamViewType,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type KeyAttribute, type TableDefinition, tables } from '../tables.ts';

export interface CreatedTable {
  readonly name: string;
  /** False: it was there already. */
  readonly created: boolean;
}

/**
 * Creates the tables that are missing, from the definitions the data stack uses. For DynamoDB servers that have a
 * table as soon as they answer, as the embedded one and DynamoDB Local do; on AWS the data stack creates them.
 */
export async function createTables(
  client: DynamoDBDocumentClient,
  definitions: readonly TableDefinition[] = Object.values(tables),
): Promise<CreatedTable[]> {
  return Promise.all(definitions.map((definition) => createTable(client, definition)));
}

async function createTable(
  client: DynamoDBDocumentClient,
  definition: TableDefinition,
): Promise<CreatedTable> {
  const created = (await create(client, definition)) || (await createdAnew(client, definition));
  if (!created) await addMissingStream(client, definition);
  await addMissingTimeToLive(client, definition);
  return { name: definition.name, created };
}

/** False: there is a table of this name. */
async function create(client: DynamoDBDocumentClient, definition: TableDefinition): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand(createTableInput(definition)));
    return true;
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
}

/**
 * Makes a table anew whose making was cut off: the embedded DynamoDB notes a table before there is one, and killed in
 * between it has a name for nothing, which every later request fails at. Nothing can be lost: there is no place for it.
 * False: the table is whole.
 */
async function createdAnew(client: DynamoDBDocumentClient, definition: TableDefinition): Promise<boolean> {
  try {
    await client.send(new ScanCommand({ TableName: definition.name, Limit: 1 }));
    return false;
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes(`no such table: ${definition.name}`))
      throw error;
  }
  await client.send(new DeleteTableCommand({ TableName: definition.name }));
  return create(client, definition);
}

/** A table whose making was cut off before this, or that is kept from before its definition had it, gets it now. */
async function addMissingTimeToLive(
  client: DynamoDBDocumentClient,
  { name: TableName, timeToLiveAttribute: AttributeName }: TableDefinition,
): Promise<void> {
  if (AttributeName === undefined) return;
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  if (TimeToLiveDescription?.AttributeName === AttributeName) return;
  const TimeToLiveSpecification = { AttributeName, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

/** A database kept from before the definition had a stream gets it now, and tells what changes from here on. */
async function addMissingStream(client: DynamoDBDocumentClient, definition: TableDefinition): Promise<void> {
  const StreamSpecification = streamSpecification(definition);
  if (StreamSpecification === undefined) return;
  const { Table } = await client.send(new DescribeTableCommand({ TableName: definition.name }));
  if (Table?.StreamSpecification?.StreamEnabled) return;
  await client.send(new UpdateTableCommand({ TableName: definition.name, StreamSpecification }));
}

/** The request that creates a table as its definition says. */
export function createTableInput(definition: TableDefinition): CreateTableCommandInput {
  const keyed = [definition, ...definition.indexes];
  const attributes = new Map<string, KeyAttribute>();
  for (const { partitionKey, sortKey } of keyed) {
    attributes.set(partitionKey.name, partitionKey);
    if (sortKey !== undefined) attributes.set(sortKey.name, sortKey);
  }
  return {
    TableName: definition.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes.values()].map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: attributeTypes[type],
    })),
    KeySchema: keySchema(definition),
    ...(definition.indexes.length > 0 && {
      GlobalSecondaryIndexes: definition.indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: 'ALL' as const },
      })),
    }),
    ...(definition.stream && { StreamSpecification: streamSpecification(definition) }),
  };
}

function streamSpecification({ stream }: TableDefinition) {
  return stream && { StreamEnabled: true, StreamViewType: streamViewTypes[stream] };
}

function keySchema(keyed: { partitionKey: KeyAttribute; sortKey?: KeyAttribute }): KeySchemaElement[] {
  const elements: KeySchemaElement[] = [{ AttributeName: keyed.partitionKey.name, KeyType: 'HASH' }];
  if (keyed.sortKey !== undefined) elements.push({ AttributeName: keyed.sortKey.name, KeyType: 'RANGE' });
  return elements;
}

const attributeTypes = {
  string: ScalarAttributeType.S,
  number: ScalarAttributeType.N,
  binary: ScalarAttributeType.B,
} as const satisfies Record<KeyAttribute['type'], ScalarAttributeType>;

const streamViewTypes = {
  'keys-only': StreamViewType.KEYS_ONLY,
  'new-image': StreamViewType.NEW_IMAGE,
  'old-image': StreamViewType.OLD_IMAGE,
  'new-and-old-images': StreamViewType.NEW_AND_OLD_IMAGES,
} as const satisfies Record<NonNullable<TableDefinition['stream']>, StreamViewType>;
