import { createPublicKey } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditCommand } from '../../infra/cli/audit-command.ts';
import { rootFolderIn, rootKeyFileIn } from '../../infra/local/data-files.ts';
import { tables } from '../../infra/tables.ts';
import { sealAudit } from '../../shared/domain/audit/seal-audit.ts';
import { FileRootSigner } from '../../shared/security/file-root-signer.ts';
import { auditShards } from '../../shared/stores/dynamodb/audit-items.ts';
import { DynamoAnchorStore } from '../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { DynamoAuditPartitions } from '../../shared/stores/dynamodb/dynamo-audit-partitions.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { FolderRootStore } from '../../shared/stores/files/folder-root-store.ts';
import { changeEntry } from '../support/audit-entries.ts';
import { commandHere, spawnedCommand } from '../support/commands.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';

const table = tables.audit.name;
/** Two hours ago, at a mark. */
const begin = Math.floor(Date.now() / 600_000) * 600_000 - 7_200_000;
let dynamoDb: TestDynamoDb;
let data: string;
/** A copy to tamper with: the roots, the public key and an export. */
let copy: string;
let lines: string[];

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  data = await mkdtemp(join(tmpdir(), 'audit-verify-'));
  const anchors = new DynamoAnchorStore(dynamoDb.client, table);
  await anchors.begin(new Date(begin).toISOString());
  for (let minute = 0; minute < 60; minute++) {
    const store = new DynamoAuditStore(dynamoDb.client, table, { now: () => begin + minute * 60_000 });
    await store.record([changeEntry(minute)]);
  }
  await sealAudit({
    partitions: new DynamoAuditPartitions(dynamoDb.client, table),
    anchors,
    roots: new FolderRootStore(rootFolderIn(data)),
    signer: new FileRootSigner(rootKeyFileIn(data)),
    shards: auditShards,
    now: () => begin + 56 * 60_000,
  });
  const exported = await audit(['export', '--since', '3h'], { DYNAMODB_ENDPOINT: dynamoDb.endpoint });
  expect([exported.code, exported.stderr]).toEqual([0, '']);
  lines = exported.stdout.trim().split('\n');
});
afterAll(async () => {
  await dynamoDb.stop();
  await rm(data, { recursive: true });
});

beforeEach(async () => {
  copy = join(data, 'copy');
  await rm(copy, { recursive: true, force: true });
  await cp(rootFolderIn(data), join(copy, 'roots'), { recursive: true });
  const pem = createPublicKey(await readFile(rootKeyFileIn(data), 'utf8')).export({
    type: 'spki',
    format: 'pem',
  });
  await writeFile(join(copy, 'key.pem'), pem);
});

function audit(options: readonly string[], environment: Record<string, string> = {}) {
  return commandHere((output) => auditCommand(options, environment, output));
}

/** Verifies the copy with these lines as its export: no database, no credentials, no region. */
async function verifyCopy(changed: readonly string[] = lines, run = audit) {
  const entries = join(copy, 'entries.ndjson');
  await writeFile(entries, `${changed.join('\n')}\n`);
  return run([
    ...['verify', '--entries', entries, '--roots', join(copy, 'roots')],
    ...['--public-key', join(copy, 'key.pem')],
  ]);
}

const keyOf = (line: string) => JSON.parse(line) as { pk: string; sk: string; entry: { id: string } };

describe('npm run audit -- verify', () => {
  it('finds nothing in what was not tampered with: in the table, and in an export without any database', async () => {
    const expected = [
      /^5 good roots; compared with the audit: \S+ until \S+$/,
      /^50 entries stand as they were anchored; not yet anchored: 10$/,
      /^Nothing was tampered with\.$/,
    ];
    for (const { code, stdout, stderr } of [
      await audit(['verify', '--data', data], { DYNAMODB_ENDPOINT: dynamoDb.endpoint }),
      await verifyCopy(),
    ]) {
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.trim().split('\n')).toEqual(expected.map((line) => expect.stringMatching(line)));
    }
  });

  it('compares what an export is of, and no more', async () => {
    const { stdout } = await audit(['export', '--since', new Date(begin + 25 * 60_000).toISOString()], {
      DYNAMODB_ENDPOINT: dynamoDb.endpoint,
    });
    const verification = await verifyCopy(stdout.trim().split('\n'));
    expect(verification.code).toBe(0);
    expect(verification.stdout).toContain('30 entries stand as they were anchored');
  });

  it.each<[string, (at: number) => readonly string[], RegExp]>([
    [
      'EDITED',
      (at) => lines.with(at, lines[at]!.replace('policies', 'partners')),
      /is not as it was anchored/,
    ],
    ['REMOVED', (at) => lines.toSpliced(at, 1), /was removed/],
    ['INSERTED', (at) => [...lines, lines[at]!], /was put in/],
    [
      'REORDERED',
      (at) => lines.with(at, lines[at]!.replace(/"sk":"([^"]+)#0000#/, '"sk":"$1#0001#')),
      /does not stand where it stood; its other place: ENTRIES#\S+ \S+#0001#/,
    ],
  ])('names an entry that is %s, where it stands, and its id', async (kind, change, message) => {
    // The second of its shard; what is inserted again stands behind it.
    const at = lines.findIndex((line, index) => index > 1 && keyOf(line).pk === keyOf(lines[index - 1]!).pk);
    const { pk, entry } = keyOf(lines[at]!);
    const { code, stdout } = await verifyCopy(change(at));
    expect(code).toBe(1);
    const [finding = '', ...rest] = stdout.trim().split('\n');
    expect(finding).toMatch(new RegExp(`^${kind} +shard ${pk.at(-1)}: entry ${entry.id} at ${pk} `));
    expect(finding).toMatch(message);
    expect(rest).toHaveLength(3);
    expect(rest.at(-1)).toBe('Damaged: 1 findings.');
  });

  it('names the first of a tail that is missing', async () => {
    const shard = keyOf(lines[1]!).pk.at(-1);
    const ofShard = lines.slice(1).filter((line) => keyOf(line).pk.endsWith(`#${shard}`));
    const gone = new Set(ofShard.slice(2));
    const asNpmRunsIt = (args: readonly string[]) => spawnedCommand('audit', args);
    const { code, stdout } = await verifyCopy(
      lines.filter((line) => !gone.has(line)),
      asNpmRunsIt,
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^TRUNCATED +shard ${shard}: entry ${keyOf(ofShard[2]!).entry.id} `));
  });

  it('names a root that is missing, and trusts no other key', async () => {
    const [first = ''] = await readdir(join(copy, 'roots', 'roots'));
    await rm(join(copy, 'roots', 'roots', first));
    const missing = await verifyCopy();
    expect([missing.code, missing.stdout.split('\n')[0]]).toEqual([1, 'MISSING    root 1 is missing']);

    const other = join(copy, 'other.key');
    await new FileRootSigner(other).keyId();
    const { code, stdout } = await audit(
      ['verify', '--roots', rootFolderIn(data), '--public-key', other, '--data', data],
      { DYNAMODB_ENDPOINT: dynamoDb.endpoint },
    );
    expect(code).toBe(1);
    expect(stdout).toContain('UNKNOWN-KEY  root 1 is signed with a key that you did not name');
  });

  it.each<[string, () => readonly string[], RegExp]>([
    ['is no export', () => lines.slice(1), /does not begin as an export of the audit does/],
    ['has a line that is none', () => [...lines, 'x'], /Line \d+ of \S+ is no item of the audit's entries/],
    [
      'has a line of another time',
      () => [...lines, JSON.stringify({ pk: 'ENTRIES#2020-01-01T00Z#0', sk: 'x' })],
      /Line \d+ of \S+ is of an hour that the export is not of/,
    ],
  ])('says in one line that a file %s', async (_, change, message) => {
    const { code, stdout, stderr } = await verifyCopy(change());
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each<[string, number | null, RegExp]>([
    ['has just begun', 0, /Try again in (1[5-9]|2[0-5]) minutes\.$/],
    [
      'has not begun',
      null,
      /The first root is made within 25 minutes of the first start: try again after that\.$/,
    ],
    ['should have made a root', 60, /The first root is overdue: it is made while npm start runs, on AWS by/],
  ])('says in one line when to try again where anchoring %s', async (_, beganMinutesAgo, line) => {
    const fresh = await startTestDynamoDb();
    try {
      if (beganMinutesAgo !== null) {
        const began = new Date(Date.now() - beganMinutesAgo * 60_000);
        await new DynamoAnchorStore(fresh.client, table).begin(began.toISOString());
      }
      // As after a first start: neither roots nor the key that signs them are there.
      const nothing = join(data, 'nothing');
      const { code, stdout, stderr } = await audit(['verify', '--data', nothing], {
        DYNAMODB_ENDPOINT: fresh.endpoint,
      });
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr.trim()).toMatch(line);
      expect(stderr).toMatch(/^There is no root in [^\n]+: nothing is anchored yet\. [^\n]+\n$/);
    } finally {
      await fresh.stop();
    }
  });

  it('names the key that is missing where there are roots', async () => {
    await rm(join(copy, 'key.pem'));
    const { code, stderr } = await verifyCopy();
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^There is no key to trust in \S+: ENOENT\n$/)]);
  });

  it('says so where nothing is anchored yet', async () => {
    await rm(join(copy, 'roots', 'roots'), { recursive: true });
    const head = { ...JSON.parse(lines[0]!), anchored: null };
    const { code, stderr } = await verifyCopy(lines.with(0, JSON.stringify(head)));
    expect([code, stderr]).toEqual([1, expect.stringContaining('nothing is anchored yet')]);
  });
});
