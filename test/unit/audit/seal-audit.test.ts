import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { chainBeginning, linkOf } from '../../../shared/domain/audit/audit-chain.ts';
import { parseLinks } from '../../../shared/domain/audit/audit-links.ts';
import {
  linksName,
  parseSignedRoot,
  rootDigest,
  rootName,
  signedRootText,
} from '../../../shared/domain/audit/audit-root.ts';
import { ItemsByPartition } from '../../../shared/domain/audit/items-by-partition.ts';
import {
  AuditRootsBroken,
  type SealDependencies,
  sealAudit,
} from '../../../shared/domain/audit/seal-audit.ts';
import { MemoryAnchorStore } from '../../support/audit-anchoring/memory-anchor-store.ts';
import { memoryRootSigner } from '../../support/audit-anchoring/memory-root-signer.ts';
import { MemoryRootStore } from '../../support/audit-anchoring/memory-root-store.ts';
import { storedEntry } from '../../support/audit-anchoring/stored-entry.ts';

const begin = Date.parse('2024-06-01T08:03:00.000Z');
const signer = memoryRootSigner();
const items = Array.from({ length: 40 }, (_, index) =>
  storedEntry(index, new Date(begin + index * 60_000).toISOString()),
);

function world(over: Partial<SealDependencies> = {}) {
  const roots = new MemoryRootStore();
  const anchors = new MemoryAnchorStore();
  const differences: number[] = [];
  let now = begin;
  const dependencies = {
    partitions: new ItemsByPartition(items),
    roots,
    signer,
    anchors,
    shards: 4,
    now: () => now,
    onDifference: (sequence: number) => differences.push(sequence),
    ...over,
  };
  return {
    roots,
    anchors,
    differences,
    sealAt: (minutes: number, more: Partial<SealDependencies> = {}) => {
      now = begin + minutes * 60_000;
      return sealAudit({ ...dependencies, ...more });
    },
    root: (sequence: number) => parseSignedRoot(roots.files.get(rootName(sequence))!).root,
  };
}

describe('a link', () => {
  it('is SHA-256 over the link before and the canonical JSON of the item', () => {
    const item = items[0]!;
    const expected = createHash('sha256').update(Buffer.alloc(32)).update(canonicalize(item)!).digest('hex');
    expect(linkOf(chainBeginning, item)).toBe(expected);
    const { pk, sk, ...rest } = item;
    expect(linkOf(chainBeginning, { ...rest, sk, pk })).toBe(expected);
    expect(linkOf(expected, item)).not.toBe(expected);
  });
});

describe('sealing', () => {
  it('begins at the mark before its first run, and seals a segment five minutes after its end', async () => {
    const { sealAt, anchors, roots } = world();
    await expect(sealAt(0)).resolves.toBe(0);
    expect(anchors.anchor).toEqual({ beganAt: '2024-06-01T08:03:00.000Z', last: null });
    await expect(sealAt(11.999)).resolves.toBe(0);
    expect(roots.files.size).toBe(0);
    await expect(sealAt(12)).resolves.toBe(1);
    expect(anchors.anchor?.last).toMatchObject({
      sequence: 1,
      until: '2024-06-01T08:10:00.000Z',
      anchoredAt: '2024-06-01T08:15:00.000Z',
    });
    await expect(sealAt(12)).resolves.toBe(0);
  });

  it('catches up, one root a segment and one for each without entries, each chained to the one before', async () => {
    const { sealAt, root, roots } = world();
    await sealAt(0);
    await expect(sealAt(80)).resolves.toBe(7);
    const all = Array.from({ length: 7 }, (_, index) => root(index + 1));
    expect(all.map(({ from }) => from.slice(11, 16))).toEqual([
      ...['08:00', '08:10', '08:20', '08:30', '08:40', '08:50', '09:00'],
    ]);
    expect(all.map(({ previous }) => previous)).toEqual([null, ...all.slice(0, -1).map(rootDigest)]);
    expect(all.map(({ shards }) => shards.reduce((sum, { count }) => sum + count, 0))).toEqual([
      ...[7, 10, 10, 10, 3, 0, 0],
    ]);
    // Nothing to link, nothing beside it; the heads stay.
    expect(all[6]!.links).toBeNull();
    expect(all[6]!.shards.map(({ head }) => head)).toEqual(all[4]!.shards.map(({ head }) => head));
    const links = parseLinks(roots.files.get(linksName(2, all[1]!.links!))!);
    expect(links).toHaveLength(10);
    for (const [shard, { head, count }] of all[1]!.shards.entries()) {
      const own = links.filter((link) => link.shard === shard);
      expect(own).toHaveLength(count);
      expect(own.at(-1)?.link ?? all[0]!.shards[shard]!.head).toBe(head);
    }
  });

  it('stops after the segment in which its time ran out, and goes on from there', async () => {
    const { sealAt, roots } = world();
    await sealAt(0);
    await expect(sealAt(80, { hasTime: () => false })).resolves.toBe(1);
    expect(roots.files.has(rootName(2))).toBe(false);
    await expect(sealAt(80)).resolves.toBe(6);
  });

  it('takes a root of its own that stands there as it stands, and tells where it says something else', async () => {
    const { sealAt, anchors, root, roots, differences } = world();
    await sealAt(0);
    await sealAt(20);
    const [began, before] = [anchors.anchor!.beganAt, new Map(roots.files)];
    anchors.anchor = { beganAt: began, last: null };
    await sealAt(21);
    expect(roots.files).toEqual(before);
    expect(anchors.anchor?.last).toMatchObject({ sequence: 1, anchoredAt: root(1).sealedAt });
    expect(differences).toEqual([]);

    anchors.anchor = { beganAt: began, last: null };
    await sealAt(21, { partitions: new ItemsByPartition(items.slice(1)) });
    expect([differences, roots.files.get(rootName(1))]).toEqual([[1], before.get(rootName(1))]);
  });

  it.each<[string, (files: Map<string, string>) => void]>([
    [
      'was put in its place by somebody else',
      (files) => {
        const name = rootName(2);
        const { root } = parseSignedRoot(files.get(rootName(1))!);
        files.set(name, signedRootText({ root: { ...root, sequence: 2 }, signature: 'AAAA' }));
      },
    ],
    ['is that of another number', (files) => files.set(rootName(2), files.get(rootName(1))!)],
    ['is none', (files) => files.set(rootName(2), 'no root')],
    ['it is chained to is gone', (files) => files.delete(rootName(1))],
    [
      'it is chained to is another',
      (files) => {
        const signed = parseSignedRoot(files.get(rootName(1))!);
        const root = { ...signed.root, sealedAt: '2024-06-01T08:30:00.000Z' };
        files.set(rootName(1), signedRootText({ ...signed, root }));
      },
    ],
  ])('goes no further when the root that %s', async (_, change) => {
    const { sealAt, anchors, roots } = world();
    await sealAt(0);
    await sealAt(12);
    change(roots.files);
    await expect(sealAt(25)).rejects.toThrow(AuditRootsBroken);
    expect(anchors.anchor?.last?.sequence).toBe(1);
  });

  it('goes on with the chains of shards that entries are no longer spread over', async () => {
    const { sealAt, root } = world();
    await sealAt(0);
    await sealAt(12);
    await sealAt(25, { shards: 1 });
    expect(root(2).shards).toHaveLength(4);
  });
});
