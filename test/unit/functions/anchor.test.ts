import { describe, expect, it } from 'vitest';
import { anchorAudit } from '../../../functions/anchor/anchor-audit.ts';
import { environmentSchema } from '../../../functions/anchor/env.ts';
import { AnchorStoreUnavailable } from '../../../shared/domain/audit/anchor-store.ts';
import type { AuditPartitions } from '../../../shared/domain/audit/audit-partitions.ts';
import { ItemsByPartition } from '../../../shared/domain/audit/items-by-partition.ts';
import { RootStoreUnavailable } from '../../../shared/domain/audit/root-store.ts';
import { MemoryAnchorStore } from '../../support/audit-anchoring/memory-anchor-store.ts';
import { memoryRootSigner } from '../../support/audit-anchoring/memory-root-signer.ts';
import { MemoryRootStore } from '../../support/audit-anchoring/memory-root-store.ts';
import { storedEntry } from '../../support/audit-anchoring/stored-entry.ts';
import { recordingObservers } from '../../support/recording-log.ts';

const begin = Date.parse('2024-06-01T08:00:00.000Z');
const items = [storedEntry(1, '2024-06-01T08:00:00.000Z'), storedEntry(2, '2024-06-01T08:11:00.000Z')];

function world(partitions: AuditPartitions = new ItemsByPartition(items)) {
  const { log, messages } = recordingObservers();
  const roots = new MemoryRootStore();
  const anchors = new MemoryAnchorStore({ beganAt: new Date(begin).toISOString(), last: null });
  const ages: number[] = [];
  let now = begin;
  let published = 0;
  const handler = anchorAudit({
    partitions,
    roots,
    anchors,
    signer: memoryRootSigner(),
    shards: 4,
    now: () => now,
    log,
    measures: {
      recordAnchorAge: (seconds) => ages.push(seconds),
      publish: () => {
        published++;
      },
    },
  });
  const runAt = (minutes: number, remaining = 300_000) => {
    now = begin + minutes * 60_000;
    return handler({}, { getRemainingTimeInMillis: () => remaining });
  };
  return { runAt, roots, anchors, messages, ages, published: () => published };
}

describe('a run of the anchor function', () => {
  it('makes the roots that are due, and says how many and how old the newest is', async () => {
    const { runAt, messages, ages, published } = world();
    await runAt(10);
    await runAt(35);
    await runAt(36);
    expect(messages).toEqual([0, 3, 0].map((roots) => ({ name: 'auditAnchored', fields: { roots } })));
    expect(ages).toEqual([600, 0, 60]);
    expect(published()).toBe(3);
  });

  it('stops in time when there is more than it can do', async () => {
    const { runAt, messages } = world();
    await runAt(60, 60_000);
    await runAt(60, 60_001);
    expect(messages.map(({ fields }) => fields.roots)).toEqual([1, 4]);
  });

  it('fails when it cannot go on, and still says how old the newest root is', async () => {
    const { runAt, roots, messages, ages } = world();
    roots.put = async () => {
      throw new RootStoreUnavailable('Out of order, by a test.');
    };
    await expect(runAt(20)).rejects.toThrow(RootStoreUnavailable);
    expect(messages).toMatchObject([
      { name: 'auditNotAnchored', fields: { errorName: 'RootStoreUnavailable', stack: expect.any(Array) } },
    ]);
    expect(ages).toEqual([1_200]);
  });

  it('measures nothing when it cannot tell', async () => {
    const { runAt, anchors, ages, published } = world();
    anchors.read = async () => {
      throw new AnchorStoreUnavailable('Out of order, by a test.');
    };
    await expect(runAt(20)).rejects.toThrow(AnchorStoreUnavailable);
    expect([ages, published()]).toEqual([[], 0]);
  });

  it('tells operators of a root that says something else than stands in the audit', async () => {
    let standing = items;
    const partitions: AuditPartitions = { read: (...asked) => new ItemsByPartition(standing).read(...asked) };
    const { runAt, anchors, messages } = world(partitions);
    await runAt(15);
    anchors.anchor = { beganAt: anchors.anchor!.beganAt, last: null };
    standing = [...items, storedEntry(3, '2024-06-01T08:05:00.000Z')];
    await runAt(16);
    expect(messages).toContainEqual({ name: 'rootDiffers', fields: { sequence: 1 } });
  });
});

describe('its environment', () => {
  const table = { AUDIT_TABLE: 'audit' };
  const aws = { ROOT_BUCKET: 'bucket', ROOT_KEY_ID: 'key' };
  const local = { ROOT_FOLDER: '/roots', ROOT_KEY_FILE: '/key' };

  it.each<[object, boolean]>([
    [{ ...table, ...aws }, true],
    [{ ...table, ...local }, true],
    [{ ...table, ...aws, ...local }, false],
    [{ ...table, ROOT_BUCKET: 'bucket', ROOT_KEY_FILE: '/key' }, false],
    [{ ...table, ROOT_BUCKET: 'bucket' }, false],
    [{ ...table, ...aws, ROOT_FOLDER: '/roots' }, false],
    [table, false],
    [aws, false],
  ])('names one place for roots and one for the key: %j is good: %s', (environment, expected) => {
    expect(environmentSchema.safeParse(environment).success).toBe(expected);
  });
});
