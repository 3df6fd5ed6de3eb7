import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bureauNames } from '../../shared/contract/registry/source.ts';
import { spawnedCommand } from '../support/commands.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { dumpResidents, sampleDocument } from '../support/register.ts';

let folder: string;
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-command-'));
  dynamoDb = await startTestDynamoDb();
});
afterAll(async () => {
  await dynamoDb.stop();
  await rm(folder, { recursive: true });
});

/** As npm runs it, on a file of this text. */
async function importOf(name: string, text: string, ...options: string[]) {
  await writeFile(join(folder, name), text);
  return spawnedCommand('import', ['--data', folder, ...options, name], {
    environment: { DYNAMODB_ENDPOINT: dynamoDb.endpoint, KEY_FILE: join(folder, 'resident.key') },
    folder,
  });
}

const stored = async () =>
  (await dumpResidents(dynamoDb.client)).flatMap(({ sk }) => /^EVENT#(.+)$/.exec(String(sk))?.[1] ?? []);

const event = (eventId: string) =>
  `${JSON.stringify({ eventId, type: 'permit.endorsed', occurredOn: '2024-02-10', document: sampleDocument(1) })}\n`;

describe('npm run import', () => {
  it('stores what a bureau sent', async () => {
    const { code, stdout } = await importOf('e.ndjson', event('e-1'), '--source', 'public-security');
    expect([code, stdout]).toEqual([0, '1 lines: 1 applied, 0 there already, 0 rejected\n']);
    expect(await stored()).toContain('public-security#e-1');
  });

  it.each([
    [['--source', 'public-securty'], /^There is no bureau public-securty\. Say whose events they are/],
    [[], /^Say whose events they are, with --source/],
  ])('stores nothing by %j, and names the bureaus there are in one line', async (options, line) => {
    const before = await stored();
    const { code, stdout, stderr } = await importOf('typo.ndjson', event('e-typo'), ...options);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(line);
    expect(stderr).toContain(bureauNames.join(' | '));
    expect(stderr.trim()).not.toContain('\n');
    expect(await stored()).toEqual(before);
  });
});
