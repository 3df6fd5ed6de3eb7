import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { environmentSchema } from '../../functions/import/env.ts';
import { readEnvironment } from '../../functions/read-environment.ts';
import { bundleFunctionsOnce, type FunctionBundle } from '../../infra/bundling.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { lambdaContext } from '../support/proxy-event.ts';
import { dumpResidents, residentsTable, sampleDocument } from '../support/register.ts';
import { type S3StandIn, startS3StandIn } from '../support/s3-stand-in.ts';

const bucketName = 'files';
const key = 'incoming/public-security/x.ndjson';
const version = `${key}?v1`;

let folder: string;
let dynamoDb: TestDynamoDb;
let s3: S3StandIn;
let bundle: FunctionBundle;
let handler: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-function-'));
  dynamoDb = await startTestDynamoDb();
  s3 = await startS3StandIn(bucketName);
  const environment = {
    IMPORT_BUCKET: bucketName,
    RESIDENTS_TABLE: residentsTable,
    KEY_FILE: join(folder, 'resident.key'),
    DYNAMODB_ENDPOINT: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  [bundle] = (await bundleFunctionsOnce(folder, ['import'])) as [FunctionBundle];
  ({ handler } = await import(bundle.file));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await s3.stop();
  await dynamoDb.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  s3.objects.clear();
  s3.requests.length = 0;
  s3.fault = () => null;
});

let lastEvent = 0;
/** So many events, each of another resident of ten, in a file; their ids. */
function drop(count: number, spoilt: readonly number[] = []): string[] {
  const ids = Array.from({ length: count }, () => `e-${++lastEvent}`);
  const lines = ids.map((eventId, index) => {
    const on = spoilt.includes(index) ? 'never' : '2024-05-06';
    const document = sampleDocument(index % 10);
    return JSON.stringify({ type: 'permit.endorsed', eventId, occurredOn: on, document });
  });
  s3.objects.set(version, Buffer.from(`${lines.join('\n')}\n`));
  return ids;
}

/** @param versionId null: the notification names none. */
async function deliver(name = key, versionId: string | null = 'v1', remaining = 900_000) {
  const body = JSON.stringify({
    Records: [{ s3: { object: { key: name, ...(versionId !== null && { versionId }) } } }],
  });
  const event = { Records: [{ messageId: 'm', body }] } as unknown as SQSEvent;
  const { batchItemFailures } = await handler(event, lambdaContext(remaining));
  return batchItemFailures.length === 0 ? 'done' : 'failed';
}

/** Ids of the events in the register; each as often as it stands there. */
async function stored(): Promise<string[]> {
  const items = await dumpResidents(dynamoDb.client);
  return items.flatMap(({ sk }) => /^EVENT#public-security#(.+)$/.exec(String(sk))?.[1] ?? []);
}
async function expectStoredOnce(ids: readonly string[]): Promise<void> {
  const all = await stored();
  expect(all.filter((id) => ids.includes(id)).sort()).toEqual([...ids].sort());
}

describe('the import function as it is deployed', () => {
  it('imports a dropped file, and again without effect when the message comes twice', async () => {
    const ids = drop(25, [3]);
    const good = ids.filter((_, index) => index !== 3);
    expect(await deliver()).toBe('done');
    await expectStoredOnce(good);
    const report = 'reports/public-security/x.ndjson/v1/000000000000.ndjson';
    const rejected = s3.objects.get(report)!.toString();
    expect(JSON.parse(rejected)).toMatchObject({
      line: 4,
      eventId: ids[3],
      errors: [{ pointer: '/occurredOn' }],
    });
    const before = await dumpResidents(dynamoDb.client);
    expect(await deliver()).toBe('done');
    expect(await dumpResidents(dynamoDb.client)).toEqual(before);
    expect(s3.objects.get(report)!.toString()).toBe(rejected);
  });

  it('fails at a file or a version that is not there, and at one it may not read', async () => {
    expect(await deliver('incoming/public-security/gone.ndjson', null)).toBe('failed');
    drop(1);
    expect(await deliver(key, 'v2')).toBe('failed');
    s3.fault = () => ({ kind: 'denied' });
    expect(await deliver()).toBe('failed');
  });

  it('waits for a bucket that asks for patience, and fails where no report can be written', async () => {
    const ids = drop(5);
    let refusals = 2;
    s3.fault = () => (refusals-- > 0 ? { kind: 'throttled' } : null);
    expect(await deliver()).toBe('done');
    await expectStoredOnce(ids);

    const later = drop(5, [0]);
    s3.fault = (method) => (method === 'PUT' ? { kind: 'denied' } : null);
    expect(await deliver()).toBe('failed');
    s3.fault = () => null;
    expect(await deliver()).toBe('done');
    await expectStoredOnce(later.slice(1));
    expect(s3.objects.has('reports/public-security/x.ndjson/v1/000000000000.ndjson')).toBe(true);
  });

  it('reads on at the byte where a connection broke, in the midst of a line too', async () => {
    const ids = drop(40);
    const breaks = [1_000, 1, 2_345];
    s3.fault = () => {
      const afterBytes = breaks.shift();
      return afterBytes === undefined ? null : { kind: 'broken', afterBytes };
    };
    expect(await deliver()).toBe('done');
    expect(s3.requests).toEqual([
      `GET ${key}`,
      `GET ${key} bytes=1000-`,
      `GET ${key} bytes=1001-`,
      `GET ${key} bytes=3346-`,
    ]);
    await expectStoredOnce(ids);
  });

  it('never goes on with the bytes of another file than it began with', async () => {
    drop(40);
    s3.objects.set(key, s3.objects.get(version)!);
    s3.fault = () => {
      if (s3.requests.length === 1) return { kind: 'broken', afterBytes: 1_000 };
      s3.objects.set(key, Buffer.from('{"another": "file"}\n'.repeat(400)));
      return null;
    };
    expect(await deliver(key, null)).toBe('failed');
  });

  it('leaves word where to go on when a file breaks off for good, and fails when it came nowhere', async () => {
    const ids = drop(1_100);
    const bytes = s3.objects.get(version)!.length;
    // More than a step of a thousand lines comes, then not one byte more.
    const broken = Math.ceil(bytes * 0.95);
    s3.fault = (method, name) => {
      if (method !== 'GET' || name !== key) return null;
      const first = !s3.requests.slice(0, -1).some((request) => request.startsWith(`GET ${key}`));
      return { kind: 'broken', afterBytes: first ? broken : 0 };
    };
    expect(await deliver()).toBe('done');
    const word = 'continue/public-security/x.ndjson/v1/000000000000.json';
    expect(JSON.parse(s3.objects.get(word)!.toString())).toEqual({
      source: 'public-security',
      key,
      versionId: 'v1',
      line: 1_000,
    });
    expect(await deliver(word, null)).toBe('failed');
    s3.fault = () => null;
    expect(await deliver(word, null)).toBe('done');
    await expectStoredOnce(ids);
    // The message of the file itself comes again, as it does when the function dies after it left word.
    expect(await deliver()).toBe('done');
    await expectStoredOnce(ids);
  });

  it('leaves word where to go on when its time is up', async () => {
    const ids = drop(1_010);
    expect(await deliver(key, 'v1', 60_000)).toBe('done');
    const word = [...s3.objects.keys()].find((name) => name.startsWith('continue/'))!;
    expect((await stored()).filter((id) => ids.includes(id))).toHaveLength(1_000);
    expect(await deliver(word, null)).toBe('done');
    await expectStoredOnce(ids);
  });
});

describe('the environment of the import function', () => {
  it('names what is missing, and that there must be one key store', () => {
    expect(() => readEnvironment(environmentSchema, {})).toThrow(
      /^The environment is not what this function needs\. IMPORT_BUCKET: .*; RESIDENTS_TABLE: /,
    );
    const both = { IMPORT_BUCKET: 'b', RESIDENTS_TABLE: 't', RESIDENT_KEY_ID: 'k-1', KEY_FILE: '/k-2' };
    for (const variables of [both, { IMPORT_BUCKET: 'b', RESIDENTS_TABLE: 't' }]) {
      expect(() => readEnvironment(environmentSchema, variables)).toThrow(/RESIDENT_KEY_ID: set either this/);
      expect(() => readEnvironment(environmentSchema, variables)).not.toThrow(/k-1|k-2/);
    }
  });

  it('keeps the function from starting without it', async () => {
    vi.stubEnv('IMPORT_BUCKET', undefined);
    await expect(import(`${bundle.file}?again`)).rejects.toThrow(/IMPORT_BUCKET/);
    vi.stubEnv('IMPORT_BUCKET', bucketName);
  });
});
