import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import { AuditEntryCorrupted } from '../../shared/domain/audit/audit-store.ts';
import { type SealDependencies, sealAudit } from '../../shared/domain/audit/seal-audit.ts';
import { verifyAudit } from '../../shared/domain/audit/verify-audit.ts';
import { auditAnchorItemSchema, auditAnchorKey } from '../../shared/stores/dynamodb/audit-anchor-items.ts';
import { auditShards } from '../../shared/stores/dynamodb/audit-items.ts';
import { DynamoAnchorStore } from '../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { DynamoAuditPartitions } from '../../shared/stores/dynamodb/dynamo-audit-partitions.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { FolderRootStore } from '../../shared/stores/files/folder-root-store.ts';
import { cutPorts } from '../support/audit-anchoring/cut-ports.ts';
import { memoryRootSigner } from '../support/audit-anchoring/memory-root-signer.ts';
import { storedEntry } from '../support/audit-anchoring/stored-entry.ts';
import { changeEntry } from '../support/audit-entries.ts';
import { CutOff } from '../support/cut-client.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';

const table = tables.audit.name;
const signer = memoryRootSigner();
let dynamoDb: TestDynamoDb;
let folder: string;
let number = 1;
/** Each test has a day of its own. */
let day = Date.parse('2024-06-01T08:00:00.000Z');

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  folder = await mkdtemp(join(tmpdir(), 'audit-anchoring-'));
});
afterAll(async () => {
  await dynamoDb.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  day += 86_400_000;
  await dynamoDb.client.send(new DeleteCommand({ TableName: table, Key: auditAnchorKey }));
  await rm(folder, { recursive: true, force: true });
});

const at = (minutes: number) => day + minutes * 60_000;
const instant = (minutes: number) => new Date(at(minutes)).toISOString();

function dependencies(minutes: number): SealDependencies & { roots: FolderRootStore } {
  return {
    partitions: new DynamoAuditPartitions(dynamoDb.client, table),
    anchors: new DynamoAnchorStore(dynamoDb.client, table),
    roots: new FolderRootStore(folder),
    signer,
    shards: auditShards,
    now: () => at(minutes),
  };
}

async function record(minutes: number, count: number) {
  const store = new DynamoAuditStore(dynamoDb.client, table, { now: () => at(minutes) });
  await store.record(Array.from({ length: count }, () => changeEntry(number++)));
}

/** Entries in three segments, one of them empty, and anchoring begun before. */
async function recordedHalfHour() {
  await new DynamoAnchorStore(dynamoDb.client, table).begin(instant(0));
  await record(0, 20);
  await record(9.99, 120);
  await record(25, 20);
}

async function verified(untilMinutes = 60) {
  const { anchors, roots } = dependencies(0);
  return verifyAudit({
    noted: (await anchors.read())?.last ?? null,
    copies: roots,
    keys: signer.trusted,
    partitions: new DynamoAuditPartitions(dynamoDb.client, table, { asTheyStand: true }),
    from: null,
    until: instant(untilMinutes),
  });
}

describe('anchoring the audit', () => {
  it('covers what was recorded, as it was recorded', async () => {
    await recordedHalfHour();
    await record(31, 3);
    await expect(sealAudit(dependencies(35))).resolves.toBe(3);
    await expect(verified()).resolves.toEqual({
      damages: [],
      roots: 3,
      covered: { from: instant(0), until: instant(30) },
      entries: 160,
      notYetAnchored: 3,
      uncovered: 0,
    });
  });

  it('notes when it began once, and goes forward only', async () => {
    const anchors = new DynamoAnchorStore(dynamoDb.client, table);
    const digest = `sha256:${'0'.repeat(64)}`;
    const root = (sequence: number) => ({ sequence, until: instant(10), anchoredAt: instant(15), digest });
    await expect(anchors.read()).resolves.toBeNull();
    await expect(anchors.advance(root(1))).resolves.toBe(false);
    await anchors.begin(instant(0));
    await anchors.begin(instant(1));
    await expect(anchors.read()).resolves.toEqual({ beganAt: instant(0), last: null });
    await expect(anchors.advance(root(2))).resolves.toBe(true);
    await expect(anchors.advance(root(2))).resolves.toBe(false);
    await expect(anchors.advance(root(1))).resolves.toBe(false);
    await expect(anchors.read()).resolves.toEqual({ beganAt: instant(0), last: root(2) });
  });

  it('is the same after it was broken off at any call and run again', async () => {
    // The number of calls of a run in which nothing goes wrong.
    await recordedHalfHour();
    const whole = cutPorts(dependencies(25));
    await sealAudit(whole.dependencies);
    expect(whole.calls.length).toBeGreaterThan(15);
    const differences: number[] = [];
    for (let cutAt = 1; cutAt <= whole.calls.length; cutAt++) {
      for (const when of ['before', 'after'] as const) {
        await dynamoDb.client.send(new DeleteCommand({ TableName: table, Key: auditAnchorKey }));
        await rm(folder, { recursive: true, force: true });
        await new DynamoAnchorStore(dynamoDb.client, table).begin(instant(0));
        const cut = cutPorts(dependencies(25), { at: cutAt, when });
        await expect(sealAudit(cut.dependencies)).rejects.toThrow(CutOff);
        const onDifference = (sequence: number) => differences.push(sequence);
        await sealAudit({ ...dependencies(26), onDifference });
        await expect(verified()).resolves.toMatchObject({ damages: [], roots: 2, entries: 140 });
      }
    }
    expect(differences).toEqual([]);
  });

  it('makes one root of each segment when it is run several times at once', async () => {
    await recordedHalfHour();
    await Promise.all([34.9, 35, 35.1, 35.2].map((minutes) => sealAudit(dependencies(minutes))));
    await expect(new FolderRootStore(folder).names('roots')).resolves.toHaveLength(3);
    await expect(verified()).resolves.toMatchObject({ damages: [], roots: 3, entries: 160 });
  });

  it('names an entry that was changed, and one that was removed, in the table', async () => {
    await recordedHalfHour();
    await sealAudit(dependencies(35));
    const items = await Array.fromAsync(
      new DynamoAuditPartitions(dynamoDb.client, table).read(instant(0).slice(0, 13), 2),
    );
    const [first, second] = items as [(typeof items)[0], (typeof items)[0]];
    const put = (Item: object) =>
      dynamoDb.client.send(new PutCommand({ TableName: table, Item: Item as Record<string, unknown> }));
    await put({ ...second, entry: { ...(second.entry as object), table: 'other' } });
    await expect(verified()).resolves.toMatchObject({
      damages: [{ fault: 'edited', shard: 2, place: { pk: second.pk, sk: second.sk } }],
    });
    await dynamoDb.client.send(new DeleteCommand({ TableName: table, Key: { pk: first.pk, sk: first.sk } }));
    await expect(verified()).resolves.toMatchObject({
      damages: [{ fault: 'removed', shard: 2, place: { pk: first.pk, sk: first.sk } }],
    });
    await put(first);
    await put(second);
    await expect(verified()).resolves.toMatchObject({ damages: [] });
  });

  it('seals nothing over what is no entry, and says where it stands', async () => {
    await recordedHalfHour();
    const strange = { ...storedEntry(1_000_000, instant(1)), recordedAt: 'now' };
    await dynamoDb.client.send(new PutCommand({ TableName: table, Item: strange }));
    await expect(sealAudit(dependencies(35))).rejects.toThrow(
      new AuditEntryCorrupted(`${strange.pk} ${strange.sk}`),
    );
    await expect(new FolderRootStore(folder).names('roots')).resolves.toEqual([]);
    // Entries of types to come are entries.
    const { entry } = strange as unknown as { entry: object };
    const Item = {
      ...strange,
      recordedAt: instant(1),
      schemaVersion: 2,
      entry: { ...entry, type: 'access' },
    };
    await dynamoDb.client.send(new PutCommand({ TableName: table, Item }));
    await expect(sealAudit(dependencies(35))).resolves.toBe(3);
  });

  it('takes an anchor that it cannot read for none that is known', async () => {
    const Item = { ...auditAnchorKey, type: 'audit-anchor', schemaVersion: 99 };
    await dynamoDb.client.send(new PutCommand({ TableName: table, Item }));
    expect(auditAnchorItemSchema.safeParse(Item).success).toBe(false);
    await expect(sealAudit(dependencies(35))).rejects.toMatchObject({ name: 'AnchorStoreUnavailable' });
  });
});
