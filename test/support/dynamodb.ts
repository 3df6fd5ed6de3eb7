import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTables } from '../../infra/local/create-tables.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../infra/local/embedded-dynamodb.ts';
import { type TableDefinition, tables } from '../../infra/tables.ts';
import { createDocumentClient } from '../../shared/stores/dynamodb/document-client.ts';

export interface TestDynamoDb extends EmbeddedDynamoDb {
  readonly client: DynamoDBDocumentClient;
}

/**
 * A real DynamoDB in memory with all tables, for one test file: `beforeAll` starts it, `afterAll` stops it.
 *
 * The tables have no streams: in memory, each write to a table with one looks through all of its earlier changes
 * (docs/adr/0008-streams-and-audit.md), and thousands of writes would take minutes.
 */
export async function startTestDynamoDb(): Promise<TestDynamoDb> {
  const dynamoDb = await startEmbeddedDynamoDb();
  const client = testClient(dynamoDb.endpoint);
  const definitions: readonly TableDefinition[] = Object.values(tables);
  await createTables(
    client,
    definitions.map(({ stream: _, ...definition }) => definition),
  );
  return { ...dynamoDb, client };
}

/** A client that waits for a busy test machine as long as the test does. */
export function testClient(endpoint: string): DynamoDBDocumentClient {
  return createDocumentClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    tryTimeoutMilliseconds: 10_000,
    deadlineMilliseconds: 20_000,
  });
}
