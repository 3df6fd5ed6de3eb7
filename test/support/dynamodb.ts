import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTables } from '../../infra/local/create-tables.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../infra/local/embedded-dynamodb.ts';
import { createDocumentClient } from '../../shared/stores/dynamodb/document-client.ts';

export interface TestDynamoDb extends EmbeddedDynamoDb {
  readonly client: DynamoDBDocumentClient;
}

/** A real DynamoDB in memory with all tables, for one test file: `beforeAll` starts it, `afterAll` stops it. */
export async function startTestDynamoDb(): Promise<TestDynamoDb> {
  const dynamoDb = await startEmbeddedDynamoDb();
  const client = testClient(dynamoDb.endpoint);
  await createTables(client);
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
