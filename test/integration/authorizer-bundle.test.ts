import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundleFunctionsOnce, type FunctionBundle } from '../../infra/bundling.ts';
import {
  type DevelopmentCredentials,
  startDevelopmentCredentials,
} from '../../infra/local/credentials/development-credentials.ts';
import { DevelopmentIssuer, developmentIssuers } from '../../infra/local/credentials/development-issuer.ts';
import { readFeedKey } from '../../infra/local/credentials/feed-keys.ts';
import { FunctionInstances } from '../../infra/local/gateway/function-instances.ts';
import type { AuthorizerInstances } from '../../infra/local/gateway/gateway-authorizer.ts';
import { tables } from '../../infra/tables.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';

let directory: string;
let dynamoDb: TestDynamoDb;
let credentials: DevelopmentCredentials;
let bundle: FunctionBundle;
let authorizer: AuthorizerInstances;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'authorizer-'));
  dynamoDb = await startTestDynamoDb();
  credentials = await startDevelopmentCredentials(directory, dynamoDb.client);
  const environment = {
    ...credentials.environment,
    PARTNERS_TABLE: tables.partners.name,
    DYNAMODB_ENDPOINT: dynamoDb.endpoint,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const bundles = await bundleFunctionsOnce(join(directory, 'functions'));
  bundle = bundles.find(({ name }) => name === 'authorizer')!;
  authorizer = new FunctionInstances('authorizer', bundle.file);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  credentials.stop();
  await dynamoDb.stop();
  await rm(directory, { recursive: true });
});

function ask(authorization: string) {
  const event = {
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:local:000000000000:local/local/GET/v1/me/record',
    multiValueHeaders: { Authorization: [authorization] },
    requestContext: { requestId: 'request-1', identity: { sourceIp: '127.0.0.1' } },
  } as unknown as APIGatewayRequestAuthorizerEvent;
  return authorizer.invoke(event, 'request-1', 10_000);
}

describe('the authorizer as it is deployed', () => {
  it('knows a clerk by a token and a feed by its key', async () => {
    const claims = { sub: 'c-1', roles: ['clerk'], district: '510107', post: 'window-1' };
    const token = await new DevelopmentIssuer(directory).sign(developmentIssuers.staff, claims, 5);
    await expect(ask(`Bearer ${token}`)).resolves.toMatchObject({
      principalId: 'clerk',
      context: { post: 'window-1' },
    });
    await expect(ask(`ApiKey ${readFeedKey(directory, 'housing')}`)).resolves.toMatchObject({
      principalId: 'feed',
      context: { source: 'housing' },
      usageIdentifierKey: 'permit-eligibility.feed.housing',
    });
  });

  it('knows nobody else', async () => {
    await expect(ask('Bearer x.y.z')).rejects.toThrow(/^Unauthorized$/);
  });
});
