import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditCommand } from '../../infra/cli/audit-command.ts';
import { rootFolderIn } from '../../infra/local/data-files.ts';
import { tables } from '../../infra/tables.ts';
import { DynamoAnchorStore } from '../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { FolderRootStore } from '../../shared/stores/files/folder-root-store.ts';
import { changeEntry } from '../support/audit-entries.ts';
import { commandHere } from '../support/commands.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { samplePackOf } from '../support/sample-pack.ts';
import { writeSamplePolicies } from '../support/sample-policies.ts';
import { PlatformFolder } from '../support/started-platform.ts';

let folder: PlatformFolder;
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  folder = await PlatformFolder.create();
  await writeSamplePolicies(folder.policies, [samplePackOf(2020)]);
  dynamoDb = await startTestDynamoDb();
});
afterAll(async () => {
  await folder.remove();
  await dynamoDb.stop();
});

describe('npm start', { timeout: 120_000 }, () => {
  it('anchors by the real bundle what was recorded while it was off, and what it made verifies', async () => {
    const anchors = new DynamoAnchorStore(dynamoDb.client, tables.audit.name);
    const ago = (minutes: number) => Date.now() - minutes * 60_000;
    await anchors.begin(new Date(ago(60)).toISOString());
    const store = new DynamoAuditStore(dynamoDb.client, tables.audit.name, { now: () => ago(45) });
    await store.record(Array.from({ length: 30 }, (_, number) => changeEntry(number)));

    const platform = folder.start({ DYNAMODB_ENDPOINT: dynamoDb.endpoint });
    await platform.address();
    const data = join(folder.path, 'data');
    // An hour has five segments at least that were over more than five minutes ago.
    const roots = () => new FolderRootStore(rootFolderIn(data)).names('roots');
    await expect.poll(async () => (await roots()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(5);
    await expect
      .poll(async () => Date.now() - Date.parse((await anchors.read())?.last?.until ?? ''), {
        timeout: 20_000,
      })
      .toBeLessThanOrEqual(16 * 60_000);
    expect(await platform.stop(), platform.output()).toBe(0);

    const environment = { DYNAMODB_ENDPOINT: dynamoDb.endpoint };
    const { stdout } = await commandHere((output) =>
      auditCommand(['verify', '--data', data], environment, output),
    );
    expect(stdout).toMatch(/^30 entries stand as they were anchored; not yet anchored: \d+$/m);
    expect(stdout).toContain('Nothing was tampered with.');
  });
});
