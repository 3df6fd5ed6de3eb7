import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditCommand } from '../../infra/cli/audit-command.ts';
import { tables } from '../../infra/tables.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { changeEntry } from '../support/audit-entries.ts';
import { type CommandResult, commandHere, spawnedCommand } from '../support/commands.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';

const noKey = fileURLToPath(import.meta.url);
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  const at = (ago: number) =>
    new DynamoAuditStore(dynamoDb.client, tables.audit.name, { now: () => Date.now() - ago });
  await at(3 * 86_400_000).record([changeEntry(1)]);
  await at(60_000).record([
    changeEntry(2),
    changeEntry(3, { table: 'audit', kind: 'unknown', key: null, action: 'removed', by: 'expiry' }),
  ]);
});
afterAll(() => dynamoDb.stop());

function audit(
  options: readonly string[],
  environment: Record<string, string> = { DYNAMODB_ENDPOINT: dynamoDb.endpoint },
): Promise<CommandResult> {
  return commandHere((output) => auditCommand(options, environment, output));
}

describe('npm run audit', () => {
  it('lists the last day, a line an entry', async () => {
    const environment = { DYNAMODB_ENDPOINT: dynamoDb.endpoint };
    const { code, stdout, stderr } = await spawnedCommand('audit', ['list'], { environment });
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^\S+Z {2}ev_\S+ {2}policies {2}policy-version inserted {2}POLICY#chengdu VERSION#2$/,
    );
    expect(lines[1]).toMatch(/ {2}audit {2}unknown removed \(expired\) {2}-$/);
  });

  it('lists what is asked for by time and table, whole for machines', async () => {
    const { stdout } = await audit(['list', '--since', '7d', '--table', 'policies', '--json']);
    const entries = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).entry);
    expect(entries).toEqual([changeEntry(1), changeEntry(2)]);
  });

  it.each([
    [['check'], /no command check/],
    [['verify', 'now'], /no command verify now/],
    [['verify', '--public-key', '/nowhere'], /no key to trust in \/nowhere: ENOENT/],
    [['verify', '--public-key', noKey], /audit-command\.test\.ts holds no public key/],
    [['list', '--since', 'yesterday'], /--since is not a time/],
    [['list', '--table', 'things'], /no table things\. Choose one: policies/],
    [['list', '--colour'], /--colour/],
  ])('says of %j in one line what is wrong with it', async (options, message) => {
    const { code, stdout, stderr } = await audit(options);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('without any variable looks into the database of this machine', async () => {
    const data = await mkdtemp(join(tmpdir(), 'audit-command-'));
    const { code, stdout, stderr } = await audit(['list', '--data', data], {});
    await rm(data, { recursive: true, maxRetries: 10, retryDelay: 100 });
    expect([code, stdout, stderr]).toEqual([0, '', '']);
  });
});
