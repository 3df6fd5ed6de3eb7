import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import { evaluation } from '../../shared/contract/evaluation/response.ts';
import type { ChangeEntry } from '../../shared/domain/audit/audit-entry.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { collect } from '../support/collect.ts';
import { startTestDynamoDb, testClient } from '../support/dynamodb.ts';
import { samplePackOf } from '../support/sample-pack.ts';
import { writeSamplePolicies } from '../support/sample-policies.ts';
import { PlatformFolder, type StartedPlatform } from '../support/started-platform.ts';

let folder: PlatformFolder;

beforeEach(async () => {
  folder = await PlatformFolder.create();
  await writeSamplePolicies(folder.policies, [samplePackOf(2020), samplePackOf(2021)]);
});
afterEach(() => folder.remove());

async function answers(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint);
    return true;
  } catch {
    return false;
  }
}

function post(api: string, body: string): Promise<Response> {
  return fetch(`${api}/v1/evaluations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
}

const holder = { permit: { status: 'valid', areaCode: '510107' } };

/** The one line it prints instead of starting. */
async function refusal(platform: StartedPlatform): Promise<string> {
  expect(await platform.exitCode, platform.output()).toBe(1);
  const lines = platform.output().trim().split('\n');
  expect(lines, platform.output()).toHaveLength(1);
  return lines[0] ?? '';
}

describe('npm start', { timeout: 120_000 }, () => {
  it('answers a real request through the real bundles, and keeps what was published, whatever way it stopped', async () => {
    const killed = folder.start();
    const api = await killed.address();
    const response = await post(api, JSON.stringify({ asOf: '2021-06-01', resident: holder }));
    expect(response.status).toBe(200);
    const { policy, services } = evaluation.parse(await response.json());
    expect(policy).toMatchObject({ id: 'sample-city', version: '2021-01-01' });
    expect(services).toMatchObject([{ code: 'legal.aid', outcome: 'eligible' }]);
    expect(killed.output()).toContain('2 versions published, 0 there already');

    // The command it prints reaches the evaluator; what it asks about is not among the packs of this test.
    const command =
      /Try it:\n +curl -s (\S+)\/v1\/evaluations -H 'content-type: application\/json' -d '(.*)'\n/;
    const [, printedApi = '', printedBody = ''] = command.exec(killed.output()) ?? [];
    expect(printedApi).toBe(api);
    expect(await (await post(printedApi, printedBody)).json()).toMatchObject({ code: 'no-policy-in-force' });

    killed.child.kill('SIGKILL');
    await killed.exitCode;
    await expect.poll(() => answers(killed.database()), { timeout: 5_000 }).toBe(false);

    await writeSamplePolicies(folder.policies, [samplePackOf(2022)]);
    const second = folder.start();
    const secondApi = await second.address();
    expect(second.output()).toContain('policies there already');
    expect(second.output()).toContain('1 versions published, 2 there already');
    // Three items a version: what was written before the kill and after it is in the audit, each once.
    const store = new DynamoAuditStore(testClient(second.database()), tables.audit.name);
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const audit = async () =>
      (await collect(store.list({ since, until })))
        .map(({ entry }) => entry)
        .filter((entry) => entry.type === 'change' && entry.table === tables.policies.name)
        .map((entry) => entry as ChangeEntry)
        .map((entry) => `${entry.kind} ${entry.action} ${entry.key?.sk}`);
    await expect.poll(audit, { timeout: 20_000 }).toHaveLength(9);
    expect(await audit()).toContain('policy-version inserted VERSION#2022-01-01');
    expect(await second.stop()).toBe(0);
    expect(await answers(secondApi)).toBe(false);
    expect(await answers(second.database())).toBe(false);

    // Never replaced.
    const edited = { ...samplePackOf(2021), title: { 'zh-CN': '改', en: 'edited' } };
    await writeSamplePolicies(folder.policies, [edited]);
    const message = await refusal(folder.start());
    expect(message).toContain('policies/sample-city/2021-01-01.yaml');
    expect(message).toContain('--fresh');

    const fresh = folder.start({}, '--fresh');
    await fresh.address();
    expect(fresh.output()).toContain('3 versions published, 0 there already');
  });

  it('uses the DynamoDB that DYNAMODB_ENDPOINT names, and leaves it running', async () => {
    const dynamoDb = await startTestDynamoDb();
    try {
      const platform = folder.start({ DYNAMODB_ENDPOINT: dynamoDb.endpoint });
      const api = await platform.address();
      const response = await post(api, JSON.stringify({ asOf: '2020-06-01', resident: holder }));
      expect(response.status).toBe(200);
      expect(platform.database()).toBe(dynamoDb.endpoint);
      await platform.stop();
      expect(await answers(dynamoDb.endpoint)).toBe(true);
    } finally {
      await dynamoDb.stop();
    }
  });
});

describe('npm start says in one line why it does not start', () => {
  it('when the port is in use', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    await expect(refusal(folder.start({ PORT: String(port) }))).resolves.toContain(`Port ${port} is in use`);
    await new Promise((resolve) => taken.close(resolve));
  });

  it.each(['abc', '70000'])('when PORT is no port: %s', async (port) => {
    await expect(refusal(folder.start({ PORT: port }))).resolves.toContain('PORT must be a number');
  });

  it('when an option is unknown', async () => {
    await expect(refusal(folder.start({}, '--fersh'))).resolves.toContain('--fersh');
  });

  it('when no DynamoDB answers where DYNAMODB_ENDPOINT points', async () => {
    await expect(refusal(folder.start({ DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' }))).resolves.toMatch(
      /http:\/\/127\.0\.0\.1:9, but no DynamoDB answers there: ECONNREFUSED/,
    );
  });

  it('when it is asked to empty a database that is not its own', async () => {
    const platform = folder.start({ DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' }, '--fresh');
    await expect(refusal(platform)).resolves.toContain('--fresh');
  });

  it('when there are no packs', async () => {
    await rm(folder.policies, { recursive: true });
    await expect(refusal(folder.start())).resolves.toContain('policies cannot be read: ENOENT');
  });

  it('when a pack is broken, with its file and line', async () => {
    const file = join(folder.policies, 'sample-city/2021-01-01.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"permit.status"', '"permit.stauts"'));
    const lines = text.split('\n');
    const message = await refusal(folder.start());
    const [, line = ''] = /policies\/sample-city\/2021-01-01\.yaml:(\d+):\d+ /.exec(message) ?? [];
    const place = lines.findIndex((candidate) => candidate.includes('"permit.status"')) + 1;
    expect(Math.abs(Number(line) - place), message).toBeLessThanOrEqual(1);
  });

  it('when a case of a new pack fails, with its file and line', async () => {
    const file = join(folder.policies, 'sample-city/2021-01-01.cases.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"legal.aid": "eligible"', '"legal.aid": "undetermined"'));
    await expect(refusal(folder.start())).resolves.toMatch(/2021-01-01\.cases\.yaml:\d+:\d+ a valid permit/);
  });
});
