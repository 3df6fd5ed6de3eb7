import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { tables } from '../../infra/tables.ts';
import { auditAnchorKey } from '../../shared/stores/dynamodb/audit-anchor-items.ts';
import { DynamoAnchorStore } from '../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { jsonPost, lambdaContext, proxyEvent } from '../support/proxy-event.ts';
import { clerk } from '../support/register-api.ts';

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

const hour = 3_600_000;
let dynamoDb: TestDynamoDb;
let folder: string;
let anchors: DynamoAnchorStore;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  folder = await mkdtemp(join(tmpdir(), 'counter-'));
  anchors = new DynamoAnchorStore(dynamoDb.client, tables.audit.name);
  const environment = {
    ...Object.fromEntries(
      Object.values(tables).map(({ environmentVariable, name }) => [environmentVariable, name]),
    ),
    KEY_FILE: join(folder, 'resident.key'),
    ALLOWED_ORIGINS: '',
    DYNAMODB_ENDPOINT: dynamoDb.endpoint,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await dynamoDb.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() =>
  dynamoDb.client.send(new DeleteCommand({ TableName: tables.audit.name, Key: auditAnchorKey })),
);

/** A new instance of the function as it is deployed, which remembers nothing. */
async function newInstance(): Promise<Handler> {
  vi.resetModules();
  return ((await import('../../functions/counter/handler.ts')) as unknown as { handler: Handler }).handler;
}

const id = `dc_${'A'.repeat(32)}`;
/** Each operation, and what it answers of what is not there. */
const requests = {
  createCounterCheck: [
    jsonPost(
      '/v1/counter/checks',
      JSON.stringify({
        // A wrong check character, which the operation itself finds out.
        document: { type: 'resident-id', number: '000000189901010010' },
        purpose: 'application',
        caseNumber: '2024-WH-00317',
      }),
      {},
      clerk,
    ),
    422,
  ],
  getDecision: [proxyEvent({ resource: '/v1/decisions/{id}', path: { id }, authorizer: clerk }), 404],
  replayDecision: [
    proxyEvent({ method: 'POST', resource: '/v1/decisions/{id}/replay', path: { id }, authorizer: clerk }),
    404,
  ],
} as const;

async function anchoredAt(milliseconds: number) {
  const instant = new Date(milliseconds).toISOString();
  await anchors.begin('2024-01-01T00:00:00.000Z');
  await anchors.advance({
    sequence: 1,
    until: instant,
    anchoredAt: instant,
    digest: `sha256:${'0'.repeat(64)}`,
  });
}

describe.each(Object.entries(requests))('%s', (_, [event, status]) => {
  it('is answered while the audit is anchored', async () => {
    await anchoredAt(Date.now() - 4 * hour + 60_000);
    const answer = await (await newInstance())(event, lambdaContext());
    expect(answer.statusCode).toBe(status);
  });

  it.each<[string, () => Promise<void>]>([
    ['the newest root is four hours old', () => anchoredAt(Date.now() - 4 * hour)],
    ['none was made in four hours', () => anchors.begin(new Date(Date.now() - 4 * hour).toISOString())],
    ['anchoring never began', async () => {}],
  ])('is turned away where %s', async (_, prepare) => {
    await prepare();
    const { statusCode, headers, body } = await (await newInstance())(event, lambdaContext());
    expect([statusCode, headers?.['Retry-After']]).toEqual([503, '60']);
    expect(JSON.parse(body)).toMatchObject({ code: 'unavailable' });
  });
});
