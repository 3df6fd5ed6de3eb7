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

  const mapping = (word: string) =>
    JSON.stringify({
      events: [
        {
          when: { column: '业务', equals: word },
          event: {
            type: 'permit.endorsed',
            eventId: { column: '编号' },
            occurredOn: { column: '日期', read: 'date' },
            document: { type: 'resident-id', number: { column: '证件' } },
          },
        },
      ],
    });
  const { number } = sampleDocument(2);
  const table = (...kinds: string[]) =>
    ['编号,业务,日期,证件', ...kinds.map((kind, row) => `t-${row},${kind},2024-02-10,${number}`), ''].join(
      '\n',
    );
  const importTable = async (name: string, word: string, ...kinds: string[]) => {
    await writeFile(join(folder, 'mapping.json'), mapping(word));
    const options = ['--source', 'public-security', '--mapping', 'mapping.json'];
    return importOf(name, table(...kinds), ...options);
  };

  it('says which rows of a table fit nothing in its mapping, and counts rows without the header', async () => {
    const { code, stdout, stderr } = await importTable('some.csv', '签注', '签注', '注销', '签注', '注销');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      '4 rows: 2 applied, 0 there already, 0 rejected\nNot stored, for no "when" of the mapping fits: 2 rows (lines 3, 5)\n',
    );
    expect(await stored()).toEqual(expect.arrayContaining(['public-security#t-0', 'public-security#t-2']));
    const whole = await importTable('whole.csv', '签注', '签注');
    expect([whole.code, whole.stdout]).toEqual([0, '1 rows: 0 applied, 1 there already, 0 rejected\n']);
  });

  it('fails where no row fits, begins anew with a mended mapping, and takes an empty table for one', async () => {
    const kinds = Array.from({ length: 7 }, () => '签发');
    const { code, stdout, stderr } = await importTable('none.csv', '签发x', ...kinds);
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      'Nothing is stored: none of the 7 rows fits a "when" of the mapping (lines 2, 3, 4, 5, 6 …).\n',
    ]);
    const mended = await importTable('none.csv', '签发', ...kinds);
    expect([mended.code, mended.stdout]).toEqual([0, expect.stringMatching(/^7 rows: \d applied/)]);
    const empty = await importTable('empty.csv', '签发');
    expect([empty.code, empty.stdout]).toEqual([0, '0 rows: 0 applied, 0 there already, 0 rejected\n']);
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
