import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiHandler } from '../../shared/http/create-api.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { jsonPost, lambdaContext } from '../support/proxy-event.ts';
import { dumpResidents, residentsTable, sampleDocument } from '../support/register.ts';

let folder: string;
let dynamoDb: TestDynamoDb;
let handler: ApiHandler;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-'));
  dynamoDb = await startTestDynamoDb();
  vi.stubEnv('RESIDENTS_TABLE', residentsTable);
  vi.stubEnv('KEY_FILE', join(folder, 'resident.key'));
  vi.stubEnv('DYNAMODB_ENDPOINT', dynamoDb.endpoint);
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  ({ handler } = await import('../../functions/registry/handler.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await dynamoDb.stop();
  await rm(folder, { recursive: true });
});

async function send(eventId: string, source = 'police') {
  const event = { type: 'permit.endorsed', eventId, occurredOn: '2024-05-06', document: sampleDocument(1) };
  const feed = { kind: 'feed', source, key: 'k1' };
  const body = JSON.stringify({ events: [event] });
  const answer = await handler(jsonPost('/v1/registry/events', body, {}, feed), lambdaContext());
  return [answer.statusCode, JSON.parse(answer.body).results?.[0].outcome ?? JSON.parse(answer.body).code];
}

describe('the registry function as it is deployed', () => {
  it('asks for nothing when it starts, and the same instance recovers from what was not there', async () => {
    const keyFile = join(folder, 'resident.key');
    await writeFile(keyFile, 'half a key', { mode: 0o600 });
    expect(await send('a')).toEqual([503, 'unavailable']);
    expect(await dumpResidents(dynamoDb.client)).toEqual([]);
    await rm(keyFile);
    expect(await send('a')).toEqual([207, 'applied']);
    expect(await send('a')).toEqual([207, 'duplicate']);
    expect(await send('a', 'social-insurance')).toEqual([207, 'applied']);
  });

  it('goes on with the keys it has opened while the key file is out of reach', async () => {
    await chmod(join(folder, 'resident.key'), 0o644);
    expect(await send('b')).toEqual([207, 'applied']);
  });
});
