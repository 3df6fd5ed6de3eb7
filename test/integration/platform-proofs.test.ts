import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partnerCommand } from '../../infra/cli/partner-command.ts';
import { tokenCommand } from '../../infra/cli/token-command.ts';
import {
  DevelopmentIssuer,
  developmentAssurance,
  developmentIssuers,
} from '../../infra/local/credentials/development-issuer.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../infra/local/embedded-dynamodb.ts';
import { tables } from '../../infra/tables.ts';
import type { Route } from '../../shared/contract/route.ts';
import { type OperationId, routes } from '../../shared/contract/routes.ts';
import { textOfItems, tracesIn } from '../support/canary.ts';
import { type CountingProxy, startCountingProxy } from '../support/counting-proxy.ts';
import { testClient } from '../support/dynamodb.ts';
import {
  type CanaryRequest,
  canaries,
  canaryHeaders,
  canaryQueries,
  canaryRequests,
  canaryValues,
  pathWithCanaries,
  type Sender,
} from '../support/platform-canaries.ts';
import { sampleDocument } from '../support/register.ts';
import { samplePackOf } from '../support/sample-pack.ts';
import { writeSamplePolicies } from '../support/sample-policies.ts';
import { PlatformFolder, type StartedPlatform } from '../support/started-platform.ts';

let folder: PlatformFolder;
let dynamoDb: EmbeddedDynamoDb;
let proxy: CountingProxy;
let platform: StartedPlatform;
let api: string;
let credentials: Record<Exclude<Sender, 'nobody'>, string>;

beforeAll(async () => {
  folder = await PlatformFolder.create();
  await writeSamplePolicies(folder.policies, [samplePackOf(2024)]);
  dynamoDb = await startEmbeddedDynamoDb({ databaseFile: join(folder.path, 'dynamodb.db') });
  proxy = await startCountingProxy(dynamoDb.endpoint);
  platform = folder.start({
    DYNAMODB_ENDPOINT: proxy.endpoint,
    POWERTOOLS_LOG_LEVEL: 'DEBUG',
    POWERTOOLS_METRICS_DISABLED: 'false',
  });
  api = await platform.address();
  credentials = await credentialsIn(join(folder.path, 'data'));
}, 60_000);
afterAll(async () => {
  proxy?.stop();
  await folder.remove();
  await dynamoDb?.stop();
});

async function credentialsIn(data: string): Promise<typeof credentials> {
  const { number, name, phone, address } = canaries;
  // A real platform of identities says more of a person than is asked for.
  const claims = {
    sub: phone,
    acr: developmentAssurance,
    id_document: { type: 'resident-id', number },
    name,
    phone_number: phone,
    address: { formatted: address },
  };
  const resident = await new DevelopmentIssuer(data).sign(developmentIssuers.residents, claims, 60);
  return {
    resident: `Bearer ${resident}`,
    clerk: `Bearer ${await tokenCommand(['clerk', '--data', data])}`,
    operator: `Bearer ${await tokenCommand(['operator', '--data', data])}`,
    partner: `ApiKey ${await partnerKeyIn(data)}`,
    feed: `ApiKey ${await tokenCommand(['feed', 'public-security', '--data', data])}`,
  };
}

/** The key of a third party that the law tells to ask, made as operators make one. */
async function partnerKeyIn(data: string): Promise<string> {
  const printed: string[] = [];
  const output = { log: (line: string) => printed.push(line), error: () => {} };
  const environment = { DYNAMODB_ENDPOINT: dynamoDb.endpoint };
  const run = (...args: string[]) => partnerCommand(['--data', data, ...args], environment, output);
  const terms = ['--purposes', 'legal-aid', '--basis', 'statutory-duty'];
  const limits = ['--checks-a-day', '1000', '--persons-a-day', '1000'];
  await run('create', 'partner', 'office', '--name', 'An office', ...terms, ...limits);
  await run('key', 'partner', 'office');
  return printed.at(-1)!;
}

interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

async function send(
  method: string,
  path: string,
  { sender = 'nobody', headers = {}, body }: Omit<CanaryRequest, 'path' | 'status'> = {},
): Promise<Answer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(api + path, {
    method,
    headers: {
      ...(text !== undefined && { 'Content-Type': 'application/json' }),
      ...(sender !== 'nobody' && { Authorization: credentials[sender] }),
      ...headers,
    },
    ...(text !== undefined && { body: text }),
  });
  return { status: response.status, headers: [...response.headers], text: await response.text() };
}

const check = { purpose: 'application', caseNumber: 'A-1', asOf: '2024-06-01' };
const endorsed = (serial: number) => ({
  eventId: `endorsed-${serial}`,
  type: 'permit.endorsed',
  occurredOn: '2024-05-06',
  document: sampleDocument(serial),
});

/** Sends a check again while it is in flight elsewhere or, on a busy machine, not answered in time, as clients are told to. */
async function answeredCheck(request: Parameters<typeof send>[2]): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const answer = await send('POST', '/v1/counter/checks', request);
    if (![409, 503].includes(answer.status) || tried === 10) return answer;
    await wait(100 * tried);
  }
}

async function everyTable(): Promise<Record<string, unknown>[]> {
  const client = testClient(dynamoDb.endpoint);
  const items: Record<string, unknown>[] = [];
  for (const { name } of Object.values(tables)) {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName: name, ExclusiveStartKey }));
      items.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }
  return items;
}

describe('the platform, as it runs on one machine', { timeout: 60_000 }, () => {
  it('comes to one decision from a hundred checks at once with one key, and answers all alike', async () => {
    const body = { ...check, document: sampleDocument(21) };
    const headers = { 'Idempotency-Key': 'a-hundred-at-once' };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => answeredCheck({ sender: 'clerk', headers, body })),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const { status, text } = answers[0]!;
    expect([status, text]).toEqual([201, expect.stringContaining('checkId')]);
    const replayed = answers.filter(({ headers }) =>
      headers.some(([name]) => name === 'idempotent-replayed'),
    );
    expect(replayed).toHaveLength(99);
    const kept = (await everyTable()).filter(({ pk }) => String(pk).includes(JSON.parse(text).checkId));
    expect(kept).toHaveLength(1);
  });

  it('asks the database once for a resident, and once more to write a decision', async () => {
    const events = [endorsed(22), endorsed(23)];
    await send('POST', '/v1/registry/events', { sender: 'feed', body: { events } });
    const own = `Bearer ${await tokenCommand(['resident', '--number', sampleDocument(22).number, '--data', join(folder.path, 'data')])}`;
    const callsOf = async (
      method: string,
      path: string,
      request: Parameters<typeof send>[2],
      status: number,
    ) => {
      await send(method, path, request);
      proxy.reset();
      const answer = await send(method, path, request);
      expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
      // What the stream tells the audit of goes on beside; that looks are recorded is seen in what they cost elsewhere.
      return proxy.calls.filter((call) => !call.endsWith(' audit'));
    };
    const asResident = { headers: { Authorization: own } };
    expect(await callsOf('GET', '/v1/me/eligibility?asOf=2024-06-01', asResident, 200)).toEqual([
      'GetItem residents',
    ]);
    expect(await callsOf('GET', '/v1/me/record', asResident, 200)).toEqual(['GetItem residents']);
    const body = { ...check, document: sampleDocument(23) };
    expect(await callsOf('POST', '/v1/counter/checks', { sender: 'clerk', body }, 201)).toEqual([
      'GetItem residents',
      'TransactWriteItems decisions+audit',
    ]);
  });

  it('shows nothing of what is sent through any operation: not in answers, logs, tables or files', async () => {
    const answers: Answer[] = [];
    const known = { decisionId: '' };
    // First what the others speak of.
    const first: OperationId[] = ['giveConsent', 'createPartner', 'createCounterCheck', 'recordEvents'];
    const inOrder = routes.toSorted((a, b) => first.indexOf(b.operationId) - first.indexOf(a.operationId));
    for (const route of inOrder) {
      const own: readonly CanaryRequest[] = canaryRequests[route.operationId](known);
      expect(own.length, route.operationId).toBeGreaterThan(0);
      for (const { path = route.path, status, ...request } of own) {
        const headers = { 'X-Correlation-Id': canaries.number, ...request.headers };
        const answer = await send(route.method, path, { ...request, headers });
        expect([route.operationId, path, request.body, answer.status, answer.text]).toEqual([
          route.operationId,
          path,
          request.body,
          status,
          answer.text,
        ]);
        answers.push(answer);
        if (route.operationId === 'createCounterCheck' && status === 201) {
          known.decisionId = JSON.parse(answer.text).checkId;
        }
      }
      answers.push(...(await sentToEvery(route)));
    }
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    for (const { status, headers, text } of answers) {
      expect([status, text, tracesIn(JSON.stringify([headers, text]), canaryValues)]).toEqual([
        status,
        text,
        [],
      ]);
    }
    await seenNowhere();
  });
});

const senders: Partial<Record<Route['door'], Sender>> = {
  resident: 'resident',
  counter: 'clerk',
  registry: 'feed',
  admin: 'operator',
  partner: 'partner',
};

/** What every operation is sent: canaries in headers, queries, paths, credentials, and by methods it does not have. */
async function sentToEvery(route: Route): Promise<Answer[]> {
  const { method, path } = route;
  const { number, name, phone } = canaries;
  const known = path.includes('{') ? pathWithCanaries(path as Parameters<typeof pathWithCanaries>[0]) : path;
  const sender = senders[route.door] ?? 'nobody';
  const body = method === 'GET' ? {} : { body: { name, phone, [number]: phone } };
  const answers: Answer[] = [];
  for (const headers of canaryHeaders) answers.push(await send(method, known, { sender, headers, ...body }));
  for (const query of canaryQueries) answers.push(await send(method, known + query, { sender, ...body }));
  answers.push(await send(method, `${known}/${number}/${encodeURIComponent(name)}`, { sender, ...body }));
  answers.push(await send('DELETE', known, { sender, body: { phone } }));
  if (sender !== 'nobody') {
    const secrets = [`Bearer ${number}`, `ApiKey ${phone}`, `Basic ${btoa(`${phone}:${number}`)}`, number];
    for (const Authorization of secrets) {
      answers.push(await send(method, known, { headers: { Authorization }, ...body }));
    }
  }
  return answers;
}

/** The log, every table, and every file that was written. */
async function seenNowhere(): Promise<void> {
  const dump = textOfItems(await everyTable());
  expect(dump).toContain('EVENT#public-security#canary-1');
  expect(tracesIn(dump, canaryValues)).toEqual([]);
  expect(platform.output()).toContain('POST /v1/counter/checks');
  expect(platform.output()).toContain('createCounterCheck');
  const lines = platform.output().split('\n');
  expect(lines.filter((line) => tracesIn(line, canaryValues).length > 0)).toEqual([]);
  const files = await readdir(folder.path, { recursive: true, withFileTypes: true });
  const written = files.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  expect(written.some((file) => file.endsWith('dynamodb.db-wal'))).toBe(true);
  for (const file of written) {
    expect([file, tracesIn(await readFile(file, 'latin1'), canaryValues)]).toEqual([file, []]);
  }
}
