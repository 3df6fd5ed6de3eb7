import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTables } from '../../infra/local/create-tables.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../infra/local/embedded-dynamodb.ts';
import {
  checkpointFile,
  deadLetterFile,
  type StreamPumpOptions,
  startStreamPump,
} from '../../infra/local/streams/stream-pump.ts';
import { type TableDefinition, tables } from '../../infra/tables.ts';
import { testClient } from '../support/dynamodb.ts';
import { pumpThings, streamsOf, things } from '../support/pump-things.ts';

const { stream: _, ...auditDefinition }: TableDefinition = tables.audit;
const pumpProcess = fileURLToPath(new URL('../support/pump-things.ts', import.meta.url));

let dynamoDb: EmbeddedDynamoDb;
let client: DynamoDBDocumentClient;
let folder: string;
let written = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stream-pump-'));
  dynamoDb = await startEmbeddedDynamoDb({ databaseFile: join(folder, 'dynamodb.db') });
  client = testClient(dynamoDb.endpoint);
  await createTables(client, [things, auditDefinition]);
});
afterAll(async () => {
  await dynamoDb.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await rm(join(folder, deadLetterFile), { force: true });
});

async function put(count: number, attributes: object = {}): Promise<void> {
  for (let n = 0; n < count; n++) {
    const Item = { pk: `THING#${++written}`, sk: 'V1', schemaVersion: 3, ...attributes };
    await client.send(new PutCommand({ TableName: things.name, Item }));
  }
}

interface Dumped {
  readonly sk: string;
  readonly type: string;
  readonly entry?: { readonly sequenceNumber: string; readonly action: string; readonly table: string };
}

/** All items of the audit table, as a dump of it would show them. */
async function dump(): Promise<Dumped[]> {
  const items: Dumped[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: tables.audit.name, ConsistentRead: true, ExclusiveStartKey }),
    );
    items.push(...((page.Items ?? []) as Dumped[]));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}

/** Sequence numbers of what was recorded, in the order of recording. */
async function recorded(): Promise<number[]> {
  const entries = (await dump()).filter(({ type }) => type === 'audit-entry');
  return entries.sort((a, b) => (a.sk < b.sk ? -1 : 1)).map(({ entry }) => Number(entry?.sequenceNumber));
}

async function lastDelivered(): Promise<number> {
  const content = await readFile(join(folder, checkpointFile), 'utf8').catch(() => '{}');
  return Number(Object.values(JSON.parse(content))[0] ?? 0);
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('the pump between the embedded streams and the function', () => {
  it('tells what was written before it started and what is written then, once and in order, and remembers it', async () => {
    await put(130, { name: 'canary-name', payload: new Uint8Array([99, 97, 110, 97, 114, 121]) });
    const pump = await pumpThings(dynamoDb.endpoint, folder);
    await expect.poll(recorded, { timeout: 20_000 }).toHaveLength(130);
    await client.send(new DeleteCommand({ TableName: things.name, Key: { pk: 'THING#1', sk: 'V1' } }));
    await expect.poll(lastDelivered, { timeout: 20_000 }).toBe(131);
    await pump.stop();
    expect((await recorded()).sort((a, b) => a - b)).toEqual(upTo(131));

    const items = await dump();
    expect(
      JSON.stringify(items, (_, value) => (value instanceof Uint8Array ? [...value] : value)),
    ).not.toMatch(/canary|99,97,110/);
    const [removal] = items.filter(({ entry }) => entry?.action === 'removed');
    expect(removal?.entry).toMatchObject({
      table: 'things',
      kind: 'thing',
      key: { pk: 'THING#1', sk: 'V1' },
      itemSchemaVersion: null,
    });
  });

  it('loses and doubles nothing when it is killed again and again', { timeout: 60_000 }, async () => {
    const before = (await recorded()).length;
    const writing = put(300);
    for (const moment of [60, 250, 120]) {
      const pump = await started();
      await new Promise((resolve) => setTimeout(resolve, moment));
      pump.kill('SIGKILL');
      await once(pump, 'exit');
    }
    await writing;
    const last = await pumpThings(dynamoDb.endpoint, folder);
    await expect.poll(lastDelivered, { timeout: 20_000 }).toBe(before + 300);
    await last.stop();
    expect((await recorded()).sort((a, b) => a - b)).toEqual(upTo(before + 300));
  });

  it('begins at the oldest change when what it remembered is lost, with no second effect', async () => {
    const before = await recorded();
    await rm(join(folder, checkpointFile));
    const pump = await pumpThings(dynamoDb.endpoint, folder);
    await expect.poll(lastDelivered, { timeout: 20_000 }).toBe(before.length);
    await pump.stop();
    expect(await recorded()).toEqual(before);
  });
});

describe('a restarted pump', () => {
  /** A pump to a function of the test's own, with files of its own. */
  function pumpTo(
    handler: StreamPumpOptions['handler'],
    directory: string,
    onError?: (error: unknown) => void,
  ) {
    return startStreamPump({
      client,
      streams: streamsOf(dynamoDb.endpoint),
      tables: [things.name],
      handler,
      directory,
      retries: 0,
      ...(onError && { onError }),
    });
  }

  it('goes on behind the last change that was delivered', async () => {
    const directory = await mkdtemp(join(folder, 'again-'));
    const delivered: number[] = [];
    const remember: StreamPumpOptions['handler'] = async ({ Records }) => {
      delivered.push(...Records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber)));
      return { batchItemFailures: [] };
    };
    await put(1);
    const first = await pumpTo(remember, directory);
    // All that was put, and the one that was deleted.
    const last = written + 1;
    await expect.poll(() => delivered.length, { timeout: 20_000 }).toBe(last);
    await first.stop();
    delivered.length = 0;
    await put(3);
    const second = await pumpTo(remember, directory);
    await expect.poll(() => delivered, { timeout: 20_000 }).toHaveLength(3);
    await second.stop();
    expect(delivered).toEqual([last + 1, last + 2, last + 3]);
  });

  it('passes over nothing when its own files fail it for a while', async () => {
    const directory = await mkdtemp(join(folder, 'files-'));
    await mkdir(join(directory, deadLetterFile));
    const errors: unknown[] = [];
    const fail: StreamPumpOptions['handler'] = async () => {
      throw new Error('by a test');
    };
    const pump = await pumpTo(fail, directory, (error) => errors.push(error));
    await expect.poll(() => errors, { timeout: 20_000 }).toHaveLength(1);
    await rm(join(directory, deadLetterFile), { recursive: true });
    const firstLetter = async () =>
      (await readFile(join(directory, deadLetterFile), 'utf8').catch(() => '')).split('\n')[0];
    await expect.poll(firstLetter, { timeout: 20_000 }).toContain('"startSequenceNumber":"1"');
    await pump.stop();
  });
});

/** A pump in a process of its own, once it pumps. */
async function started(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [pumpProcess, dynamoDb.endpoint, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout!, 'data');
  return child;
}

describe('a change that cannot be read', () => {
  it('is given up on after its tries, named in the dead letters without its key, and holds up no other table', async () => {
    const strange = { ...things, name: 'strange' };
    await createTables(client, [strange]);
    for (const n of [1, 2]) {
      const Item = { pk: `canary-${n}`, sk: 'V1' };
      await client.send(new PutCommand({ TableName: strange.name, Item }));
    }
    const pump = await pumpThings(dynamoDb.endpoint, folder, strange.name);
    await put(1);
    // All that was put, and the one that was deleted.
    await expect.poll(recorded, { timeout: 20_000 }).toHaveLength(written + 1);
    const letters = () => readFile(join(folder, deadLetterFile), 'utf8').catch(() => '');
    await expect.poll(letters, { timeout: 20_000 }).toMatch(/\n.*\n/);
    await pump.stop();
    const lines = (await letters()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).DDBStreamBatchInfo)).toMatchObject([
      { startSequenceNumber: '1', endSequenceNumber: '1', batchSize: 1 },
      { startSequenceNumber: '2', endSequenceNumber: '2', batchSize: 1 },
    ]);
    expect(lines.join()).toContain(':table/strange/stream/');
    expect(lines.join()).not.toContain('canary');
  });
});

describe('the embedded DynamoDB', () => {
  it('gives a table of an older database the stream of its definition', async () => {
    const name = 'older-things';
    await createTables(client, [{ ...things, name, stream: undefined } as unknown as TableDefinition]);
    await expect(createTables(client, [{ ...things, name }])).resolves.toEqual([{ name, created: false }]);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    expect(Table?.StreamSpecification).toEqual({
      StreamEnabled: true,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    });
  });

  it('has an index for the numbers of its stream records, without which each write looks through all of them', async () => {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(folder, 'dynamodb.db'), { readOnly: true });
    const plan = database
      .prepare(
        'EXPLAIN QUERY PLAN SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?',
      )
      .all('things');
    database.close();
    expect(JSON.stringify(plan)).toContain('USING COVERING INDEX');
  });
});
