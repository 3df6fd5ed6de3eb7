import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyStore } from '../../shared/security/create-key-store.ts';
import type { DynamoResidentStore } from '../../shared/stores/dynamodb/dynamo-resident-store.ts';
import { spawnedCommand } from '../support/commands.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { residentStore, sampleDocument } from '../support/register.ts';
import { eventOn } from '../unit/register/events.ts';

let folder: string;
let dynamoDb: TestDynamoDb;
let store: DynamoResidentStore;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'register-commands-'));
  dynamoDb = await startTestDynamoDb();
  const keyFile = join(folder, 'resident.key');
  environment = { DYNAMODB_ENDPOINT: dynamoDb.endpoint, KEY_FILE: keyFile };
  store = residentStore(dynamoDb.client, createKeyStore({ keyFile }));
});
afterAll(async () => {
  await dynamoDb.stop();
  await rm(folder, { recursive: true });
});

function run(
  command: 'index-key' | 'erase',
  operand: string,
  input = '',
  more: Record<string, string> = environment,
) {
  return spawnedCommand(command, [operand], { environment: more, folder, input });
}

describe('npm run index-key', () => {
  it('shows the keys, makes the next, and says why a step has to wait', async () => {
    await store.append(sampleDocument(1), [eventOn('2024-01-01', { type: 'permit.endorsed' })]);
    await expect(run('index-key', 'add')).resolves.toMatchObject({ code: 0, stdout: 'There is a key v2.\n' });
    const { stdout } = await run('index-key', 'status');
    expect(stdout).toMatch(/^v1 {2}since \S+ {2}current since \S+\nv2 {2}since \S+\n$/);
    const early = await run('index-key', 'switch');
    expect([early.code, early.stderr]).toEqual([
      1,
      expect.stringMatching(/^The key v2 was added just now[^\n]*\d+ s\.\n$/),
    ]);
  });

  it('says what it does not know, and what it is not told', async () => {
    await expect(run('index-key', 'swap')).resolves.toMatchObject({
      code: 1,
      stderr: 'There is no command swap. See npm run index-key -- --help\n',
    });
    const more = await spawnedCommand('index-key', ['status', 'v1'], { environment, folder });
    expect([more.code, more.stderr]).toEqual([1, 'What is v1? See npm run index-key -- --help\n']);
    const both = { ...environment, RESIDENT_KEY_ID: 'k' };
    const { code, stderr } = await run('index-key', 'status', '', both);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^Name one of what opens[^\n]*not both\.\n$/)]);
  });
});

describe('npm run erase', () => {
  it('erases by a document, lists who was erased, and erases by the list', async () => {
    const document = sampleDocument(2);
    await store.append(document, [eventOn('2024-01-01', { type: 'permit.endorsed' })]);
    const { residentId } = (await store.find(document))!;
    const input = JSON.stringify(document);
    await expect(run('erase', 'document', input)).resolves.toMatchObject({ code: 0, stdout: 'Erased.\n' });
    await expect(store.find(document)).resolves.toBeNull();
    const { stdout: list } = await run('erase', 'list');
    expect(list).toBe(`${residentId}\n`);
    await expect(run('erase', 'ids', list)).resolves.toMatchObject({ stdout: '0 erased, 1 unknown here.\n' });
  });

  it.each([
    ['document', '{ "type": "resident-id", "number": "000000189912310013" }', /check digit/],
    ['ids', `rs_${'A'.repeat(22)}\n000000189912310012\n`, /^Line 2 is no id/],
  ])('%s refuses what it cannot read, and repeats nothing of it', async (command, input, message) => {
    const { code, stdout, stderr } = await run('erase', command, input);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('1899');
  });
});
