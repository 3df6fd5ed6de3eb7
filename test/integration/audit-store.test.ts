import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import type { AuditEntry } from '../../shared/domain/audit/audit-entry.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { changeEntry } from '../support/audit-entries.ts';
import { collect } from '../support/collect.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';

let dynamoDb: TestDynamoDb;
let clock = Date.parse('2024-06-01T08:59:00.000Z');
let store: DynamoAuditStore;
let next = 1;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  store = new DynamoAuditStore(dynamoDb.client, tables.audit.name, { now: () => clock });
});
afterAll(() => dynamoDb.stop());

function entries(count: number): AuditEntry[] {
  return Array.from({ length: count }, () => changeEntry(next++));
}

async function listed(since: string, until: string): Promise<string[]> {
  return (await collect(store.list({ since, until }))).map(({ entry }) => entry.id);
}

const ids = (some: readonly AuditEntry[]) => some.map(({ id }) => id);

describe('the audit', () => {
  it('lists what was recorded in the order of recording, across shards, pieces and hours', async () => {
    const [first, second, third] = [entries(120), entries(20), entries(20)];
    clock = Date.parse('2024-06-01T08:59:59.999Z');
    await store.record(first);
    clock = Date.parse('2024-06-01T09:00:00.000Z');
    await store.record(second);
    clock = Date.parse('2024-06-01T11:30:00.000Z');
    await store.record(third);
    const all = await listed('2024-06-01T08:00:00Z', '2024-06-01T12:00:00Z');
    // What is recorded in different pieces at the same instant has an order, but no particular one.
    expect(all.slice(0, 120).sort()).toEqual(ids(first).sort());
    expect(all.slice(120)).toEqual([...ids(second), ...ids(third)]);
    await expect(listed('2024-06-01T17:00:00+08:00', '2024-06-01T11:30:00.000Z')).resolves.toEqual(
      ids(second),
    );
    await expect(listed('2024-06-01T11:30:00.000Z', '2024-06-01T11:30:00.001Z')).resolves.toEqual(ids(third));
  });

  it('keeps an entry as it was recorded first, however often and by whomever it is recorded', async () => {
    clock = Date.parse('2024-06-02T08:00:00.000Z');
    const some = entries(60);
    const outcomes = await Promise.all([
      store.record(some),
      store.record([...some].reverse()),
      store.record(some.slice(20, 40)),
    ]);
    const recorded = outcomes.flat().filter((outcome) => outcome === 'recorded');
    expect(recorded).toHaveLength(60);
    clock += 1_000;
    await expect(store.record(some.map((entry) => ({ ...entry, table: 'other' })))).resolves.toEqual(
      some.map(() => 'present'),
    );
    const kept = await collect(store.list({ since: '2024-06-02T08:00:00Z', until: '2024-06-02T09:00:00Z' }));
    expect(kept).toHaveLength(60);
    for (const { recordedAt, entry } of kept) {
      expect(recordedAt).toBe('2024-06-02T08:00:00.000Z');
      expect(entry).toMatchObject({ type: 'change', table: 'policies' });
    }
  });

  it('takes the same entry twice in one call for one', async () => {
    clock = Date.parse('2024-06-03T08:00:00.000Z');
    const [entry] = entries(1) as [AuditEntry];
    await expect(store.record([entry, entry])).resolves.toEqual(['recorded', 'recorded']);
    await expect(listed('2024-06-03T08:00:00Z', '2024-06-03T09:00:00Z')).resolves.toEqual([entry.id]);
  });

  it('tells where each entry stands', async () => {
    const { Items = [] } = await dynamoDb.client.send(
      new ScanCommand({ TableName: tables.audit.name, ConsistentRead: true }),
    );
    const standing = new Set(Items.map(({ pk, sk }) => `${pk} ${sk}`));
    const places = Items.filter(({ type }) => type === 'audit-place');
    expect(places.length).toBe(next - 1);
    expect(Items).toHaveLength(2 * places.length);
    for (const { place } of places) expect(standing).toContain(`${place.pk} ${place.sk}`);
  });
});
