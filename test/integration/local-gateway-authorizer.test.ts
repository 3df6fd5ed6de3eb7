import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAuthorizer } from '../../functions/authorizer/create-authorizer.ts';
import { verifiersOf } from '../../functions/authorizer/dependencies.ts';
import { environmentSchema } from '../../functions/authorizer/env.ts';
import {
  type DevelopmentCredentials,
  startDevelopmentCredentials,
} from '../../infra/local/credentials/development-credentials.ts';
import {
  DevelopmentIssuer,
  developmentAssurance,
  developmentIssuers,
} from '../../infra/local/credentials/development-issuer.ts';
import { readFeedKey } from '../../infra/local/credentials/feed-keys.ts';
import { FunctionInstances } from '../../infra/local/gateway/function-instances.ts';
import type { AuthorizerInstances } from '../../infra/local/gateway/gateway-authorizer.ts';
import { createGatewayServer } from '../../infra/local/gateway/gateway-server.ts';
import { tables } from '../../infra/tables.ts';
import { challenges } from '../../shared/contract/headers.ts';
import { problemBody } from '../../shared/contract/problem-body.ts';
import { readApiKey } from '../../shared/security/api-keys/api-key.ts';
import { ApiKeyHashes } from '../../shared/security/api-keys/api-key-hashes.ts';
import { expiresSoonDays } from '../../shared/security/api-keys/api-key-verifier.ts';
import { issueKey } from '../../shared/security/api-keys/issue-key.ts';
import { createKeyStore } from '../../shared/security/create-key-store.ts';
import { DynamoHashKeyStore } from '../../shared/stores/dynamodb/dynamo-hash-key-store.ts';
import { DynamoPartnerStore } from '../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { sampleNumber } from '../support/credentials/forge.ts';
import { guardedRoutes } from '../support/credentials/guarded-routes.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { recordingObservers } from '../support/recording-log.ts';

/** Answers with who called, as the gateway told it. */
const echo = `export const handler = async (event) => ({
  statusCode: event.httpMethod === 'PUT' ? 405 : 200,
  body: JSON.stringify({ caller: event.requestContext.authorizer, resource: event.resource }),
});`;

let directory: string;
let dynamoDb: TestDynamoDb;
let credentials: DevelopmentCredentials;
let issuer: DevelopmentIssuer;
let server: Server;
let address: string;
let asked = 0;
const faults: unknown[] = [];
const observers = recordingObservers();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'credentials-'));
  await writeFile(join(directory, 'echo.mjs'), echo);
  dynamoDb = await startTestDynamoDb();
  credentials = await startDevelopmentCredentials(directory, dynamoDb.client);
  issuer = new DevelopmentIssuer(directory);
  const environment = environmentSchema.parse({
    ...credentials.environment,
    PARTNERS_TABLE: tables.partners.name,
    DYNAMODB_ENDPOINT: dynamoDb.endpoint,
  });
  const handler = createAuthorizer({
    routes: guardedRoutes,
    verifiers: verifiersOf(environment, observers.log, observers.measures, dynamoDb.client),
    ...observers,
  });
  const echoing = new FunctionInstances('echo', join(directory, 'echo.mjs'));
  // The function as it is deployed, over a table of its own: not from its bundle, which has the product's.
  const authorizer = {
    invoke: (event: Parameters<typeof handler>[0]) => {
      asked++;
      return handler(event);
    },
  } as unknown as AuthorizerInstances;
  server = createGatewayServer({
    routes: guardedRoutes,
    functions: Promise.resolve({
      admin: echoing,
      counter: echoing,
      eligibility: echoing,
      partners: echoing,
      policies: echoing,
      registry: echoing,
      residents: echoing,
      authorizer,
    }),
    authorizerCacheSeconds: 1,
    onFunctionError: (_name, error) => faults.push(error),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  credentials.stop();
  await dynamoDb.stop();
  await rm(directory, { recursive: true });
});

function ask(path: string, authorization?: string, method = 'GET'): Promise<Response> {
  return fetch(address + path, {
    method,
    ...(authorization !== undefined && { headers: { Authorization: authorization } }),
  });
}

async function problemOf(response: Response): Promise<string> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  return problemBody.parse(await response.json()).code;
}

let subjects = 0;
async function residentToken(): Promise<string> {
  const document = { type: 'resident-id', number: sampleNumber };
  const claims = { sub: `r-${++subjects}`, acr: developmentAssurance, id_document: document };
  return `Bearer ${await issuer.sign(developmentIssuers.residents, claims, 5)}`;
}

async function clerkToken(): Promise<string> {
  const claims = { sub: `c-${++subjects}`, roles: ['clerk'], district: '510107', post: 'window-1' };
  return `Bearer ${await issuer.sign(developmentIssuers.staff, claims, 5)}`;
}

const feedKey = (source: string) => `ApiKey ${readFeedKey(directory, source)}`;

describe('a guarded door', () => {
  it('opens to a resident, and tells the function who it is', async () => {
    const response = await ask('/v1/me/record', await residentToken());
    expect(response.status).toBe(200);
    await expect(response.json()).resolves.toEqual({
      caller: {
        kind: 'resident',
        subject: `r-${subjects}`,
        documentType: 'resident-id',
        documentNumber: sampleNumber,
        principalId: 'resident',
      },
      resource: '/v1/me/record',
    });
  });

  it("opens to a bureau's feed by its key", async () => {
    const response = await ask('/v1/registry/events', feedKey('housing'), 'POST');
    await expect(response.json()).resolves.toMatchObject({ caller: { kind: 'feed', source: 'housing' } });
  });

  it('tells operators of a key in use that expires soon, once an answer of the authorizer, and of no other', async () => {
    const { KEY_FILE: keyFile } = credentials.environment;
    const client = dynamoDb.client;
    const issued = await issueKey(
      {
        owner: { kind: 'feed', id: 'housing' },
        scopes: ['registry:write'],
        ipRanges: [],
        days: expiresSoonDays,
        environment: 'test',
      },
      {
        store: new DynamoPartnerStore(client, tables.partners.name),
        hashes: new ApiKeyHashes(
          new DynamoHashKeyStore(client, tables.partners.name),
          createKeyStore({ keyFile: keyFile! }),
        ),
        now: Date.now(),
      },
    );
    const key = issued.outcome === 'added' ? issued.text : issued.outcome;
    const before = observers.keysExpireSoon();
    expect((await ask('/v1/registry/events', feedKey('social-insurance'), 'POST')).status).toBe(200);
    expect(observers.keysExpireSoon()).toBe(before);
    expect((await ask('/v1/registry/events', `ApiKey ${key}`, 'POST')).status).toBe(200);
    expect(observers.keysExpireSoon()).toBe(before + 1);
  });

  it('answers 401 to nobody, without asking the authorizer', async () => {
    const before = asked;
    for (const header of [undefined, '', ' ']) {
      const response = await ask('/v1/me/record', header);
      expect([response.status, await problemOf(response)]).toEqual([401, 'unauthorized']);
      expect(response.headers.get('WWW-Authenticate')).toBe(challenges);
    }
    expect(asked).toBe(before);
  });

  it('answers 401 to a credential that is none, 403 to one for another door, with equal bodies each', async () => {
    const clerk = await clerkToken();
    const bad = [
      'Bearer x.y.z',
      'ApiKey elig_test_x',
      `${clerk.slice(0, -3)}AAA`,
      feedKey('housing').slice(0, -1),
    ];
    const bodies = new Set<string>();
    for (const header of bad) {
      const response = await ask('/v1/me/record', header);
      expect([response.status, response.headers.get('WWW-Authenticate')]).toEqual([401, challenges]);
      bodies.add(JSON.stringify({ ...((await response.json()) as object), requestId: '' }));
    }
    expect(bodies.size).toBe(1);
    const forbidden = await ask('/v1/me/record', clerk);
    expect(forbidden.headers.has('WWW-Authenticate')).toBe(false);
    expect([forbidden.status, await problemOf(forbidden)]).toEqual([403, 'forbidden']);
  });

  it('is asked about every method by one answer of the authorizer, as long as it is kept', async () => {
    const clerk = await clerkToken();
    const before = asked;
    const statuses = [
      (await ask('/v1/counter/checks', clerk, 'POST')).status,
      (await ask('/v1/decisions/dc_1', clerk)).status,
      (await ask('/v1/decisions/dc_1/replay', clerk, 'POST')).status,
      (await ask('/v1/decisions/dc_1/notes', clerk)).status,
      (await ask('/v1/me/record', clerk)).status,
    ];
    expect(statuses).toEqual([200, 200, 200, 403, 403]);
    expect(asked).toBe(before + 1);
  });

  it('leaves a method that is not in the table to the function, whoever asks', async () => {
    expect((await ask('/v1/me/record', undefined, 'PUT')).status).toBe(405);
  });

  it('is closed to a revoked key once the kept answer is gone', async () => {
    const header = feedKey('education');
    const use = async () => (await ask('/v1/registry/events', header, 'POST')).status;
    expect(await use()).toBe(200);
    const store = new DynamoPartnerStore(dynamoDb.client, tables.partners.name);
    const { id } = readApiKey(header.slice('ApiKey '.length))!;
    await store.revokeKey(id, new Date().toISOString());
    expect(await use()).toBe(200);
    await expect.poll(use, { timeout: 3_000, interval: 100 }).toBe(401);
  });

  it('refuses two credentials in one request', async () => {
    const tokens = [await residentToken(), await residentToken()];
    const status = await new Promise((resolve, reject) => {
      httpRequest(`${address}/v1/me/record`, { headers: { Authorization: tokens } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(401);
  });

  it('does not open to a path longer than a gateway can ask about', async () => {
    const response = await ask(`/v1/decisions/${'x'.repeat(2_000)}`, await clerkToken());
    expect(response.status).toBe(400);
  });

  it('stays shut with 503 and a time to come back while nobody can tell, and opens again after', async () => {
    const key = feedKey('civil-affairs');
    const before = faults.length;
    const send = vi.spyOn(DynamoPartnerStore.prototype, 'findKey').mockRejectedValue(new TypeError('canary'));
    const response = await ask('/v1/registry/events', key, 'POST');
    expect([response.status, await problemOf(response)]).toEqual([503, 'unavailable']);
    expect(response.headers.get('Retry-After')).toBe('1');
    expect(faults).toHaveLength(before + 1);
    send.mockRestore();
    expect((await ask('/v1/registry/events', key, 'POST')).status).toBe(200);
  });

  it('leaves nothing of a credential or a person in any log line or fault', async () => {
    const resident = await residentToken();
    const headers = [
      resident,
      await clerkToken(),
      feedKey('housing'),
      `${resident}x`,
      `${feedKey('housing')}x`,
    ];
    for (const header of headers) await ask('/v1/me/record', header);
    const told = JSON.stringify(observers.messages) + String(faults.map((fault) => String(fault)));
    expect(told).toContain('credentialRefused');
    for (const header of headers) {
      const secret = header.split(' ')[1]!;
      for (const part of [secret, secret.slice(20, 40), secret.slice(-20)]) expect(told).not.toContain(part);
    }
    expect(told).not.toContain(sampleNumber);
  });
});

describe('development credentials', () => {
  it('are the same after a restart, and their keys are made anew for an empty database', async () => {
    const before = readFeedKey(directory, 'housing');
    const again = await startDevelopmentCredentials(directory, dynamoDb.client);
    again.stop();
    expect(readFeedKey(directory, 'housing')).toBe(before);
    expect(new DevelopmentIssuer(directory).jwks).toEqual(issuer.jwks);
    const empty = await startTestDynamoDb();
    try {
      (await startDevelopmentCredentials(directory, empty.client)).stop();
      expect(readFeedKey(directory, 'housing')).not.toBe(before);
    } finally {
      await empty.stop();
    }
  });
});
