import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import { publishPolicy } from '../../shared/domain/policy/publish-policy.ts';
import { DynamoPolicyStore } from '../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { samplePackOf } from '../support/sample-pack.ts';
import { writeSamplePolicies } from '../support/sample-policies.ts';
import { PlatformFolder } from '../support/started-platform.ts';

let folder: PlatformFolder;
let dynamoDb: TestDynamoDb;

beforeEach(async () => {
  folder = await PlatformFolder.create();
  await writeSamplePolicies(folder.policies, [samplePackOf(2020)]);
  dynamoDb = await startTestDynamoDb();
});
afterEach(async () => {
  await folder.remove();
  await dynamoDb.stop();
});

describe('a version published while the functions run', { timeout: 60_000 }, () => {
  it('answers within thirty seconds, without a new start', async () => {
    const api = await folder.start({ DYNAMODB_ENDPOINT: dynamoDb.endpoint }).address();
    const statusIn2021 = async () => {
      const response = await fetch(`${api}/v1/evaluations`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ asOf: '2021-06-01', resident: {} }),
      });
      return response.status;
    };
    expect(await statusIn2021()).toBe(422);
    const published = await publishPolicy(samplePackOf(2021), {
      store: new DynamoPolicyStore(dynamoDb.client, tables.policies.name),
      lint: () => [],
      publishedAt: new Date().toISOString(),
    });
    expect(published.outcome).toBe('published');
    await expect.poll(statusIn2021, { timeout: 25_000, interval: 250 }).toBe(200);
  });
});
