import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredItem } from '../../../shared/domain/audit/audit-chain.ts';
import { parseSignedRoot, rootName, signedRootText } from '../../../shared/domain/audit/audit-root.ts';
import { type AnchoredAudit, anchoredAudit, verified } from '../../support/audit-anchoring/anchored-audit.ts';
import { storedEntry } from '../../support/audit-anchoring/stored-entry.ts';
import { idOf, shardOf } from '../../support/audit-anchoring/tamper.ts';
import { tamperingRound } from '../../support/audit-anchoring/tampering-rounds.ts';

const minute = (minutes: number) =>
  new Date(Date.parse('2024-06-01T08:00:00.000Z') + minutes * 60_000).toISOString();

/** Eighty entries over eighty minutes and eight segments, the last ten minutes of them not anchored. */
const items = Array.from({ length: 80 }, (_, index) => storedEntry(index, minute(index)));
const segments = 7;

/** The entries of one shard in their order: those of the same number as the first one's. */
const shard = shardOf(items[0]!);
const ofShard = items.filter((item) => shardOf(item) === shard);
const anchoredOfShard = ofShard.filter(({ sk }) => sk < minute(70));

const entryDamage = (fault: string, item: StoredItem, more: object = {}) => ({
  of: 'entry',
  fault,
  shard,
  place: { pk: item.pk, sk: item.sk },
  id: idOf(item),
  elsewhere: null,
  ...more,
});

async function damagesOf(standing: readonly StoredItem[]) {
  return (await verified(await anchoredAudit(items, segments), standing)).damages;
}

describe('verifying entries', () => {
  it('finds nothing where nothing was done, and says what it looked at', async () => {
    await expect(verified(await anchoredAudit(items, segments))).resolves.toEqual({
      damages: [],
      roots: 7,
      covered: { from: minute(0), until: minute(70) },
      entries: 70,
      notYetAnchored: 10,
      uncovered: 0,
    });
  });

  it('names the first entry that was edited, whatever was', async () => {
    const third = anchoredOfShard[2]!;
    const edited = { ...third, entry: { ...(third.entry as object), table: 'residents' } };
    await expect(damagesOf(items.map((item) => (item === third ? edited : item)))).resolves.toMatchObject([
      entryDamage('edited', third),
    ]);
  });

  it('names the first entry that was removed, and counts the later segments of its shard that lack one', async () => {
    const first = anchoredOfShard[0]!;
    const later = anchoredOfShard.find(({ sk }) => sk > minute(20))!;
    await expect(damagesOf(items.filter((item) => item !== first && item !== later))).resolves.toMatchObject([
      entryDamage('removed', first, { laterSegments: 1 }),
    ]);
  });

  it('tells a tail that is missing from an entry that is', async () => {
    const from = anchoredOfShard.at(-2)!;
    const tail = new Set(ofShard.slice(ofShard.indexOf(from)));
    await expect(damagesOf(items.filter((item) => !tail.has(item)))).resolves.toMatchObject([
      entryDamage('truncated', from),
    ]);
    // Something written later stands behind it: a hole.
    tail.delete(ofShard.at(-1)!);
    await expect(damagesOf(items.filter((item) => !tail.has(item)))).resolves.toMatchObject([
      entryDamage('removed', from),
    ]);
  });

  it('names what was put in: in a segment, in a shard that nothing is spread over, where no entry is ever recorded', async () => {
    const victim = anchoredOfShard[1]!;
    const inserted = storedEntry(1_000, String(victim.recordedAt), 7);
    const strange = { ...inserted, pk: 'ENTRIES#2024-06-01T08Z#9' };
    const misplaced = { ...victim, pk: 'ENTRIES#2024-06-01T09Z#0', sk: `${minute(1)}#0000#ev_x` };
    const found = await damagesOf([...items, inserted, strange, misplaced]);
    expect(found).toHaveLength(new Set([shardOf(inserted), 9, 0]).size);
    expect(found).toContainEqual(
      expect.objectContaining({ fault: 'inserted', shard: 9, place: { pk: strange.pk, sk: strange.sk } }),
    );
    await expect(damagesOf([...items, misplaced])).resolves.toMatchObject([
      { fault: 'inserted', sequence: null, shard: 0, place: { pk: misplaced.pk, sk: misplaced.sk } },
    ]);
  });

  it('takes a copy of an entry for one that was put in, since the entry itself stands where it stood', async () => {
    const victim = anchoredOfShard[1]!;
    const copy = { ...victim, sk: victim.sk.replace('#0000#', '#0001#') };
    await expect(damagesOf([...items, copy])).resolves.toMatchObject([entryDamage('inserted', copy)]);
    // A line that stands twice in an export.
    await expect(damagesOf([...items, victim])).resolves.toMatchObject([entryDamage('inserted', victim)]);
  });

  it('says of an entry that was moved where it stood, or where it stands', async () => {
    const [one, , , other] = anchoredOfShard as [StoredItem, StoredItem, StoredItem, StoredItem];
    const later = { ...one, sk: `${minute(65)}#0000#${idOf(one)}`, pk: `ENTRIES#2024-06-01T09Z#${shard}` };
    await expect(damagesOf([...items.filter((item) => item !== one), later])).resolves.toMatchObject([
      entryDamage('reordered', one, { elsewhere: { pk: later.pk, sk: later.sk } }),
    ]);
    const earlier = { ...other, sk: `${minute(0)}#0000#!` };
    await expect(damagesOf([...items.filter((item) => item !== other), earlier])).resolves.toMatchObject([
      entryDamage('reordered', earlier, { elsewhere: { pk: other.pk, sk: other.sk } }),
    ]);
  });

  it('says of an entry that was moved into another shard in both of them where the other place is', async () => {
    const victim = anchoredOfShard[1]!;
    const other = (shard + 1) % 4;
    const moved = { ...victim, pk: victim.pk.replace(/\d$/, String(other)) };
    const found = await damagesOf(items.map((item) => (item === victim ? moved : item)));
    const [here, there] = [victim, moved].map(({ pk, sk }) => ({ pk, sk }));
    expect(found.toSorted((one) => ('shard' in one && one.shard === shard ? -1 : 1))).toMatchObject([
      entryDamage('reordered', victim, { elsewhere: there }),
      entryDamage('reordered', moved, { shard: other, elsewhere: here }),
    ]);
  });

  it('finds any tampering with any log at the first entry it shows in, and raises no false alarm', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const { faults } = await tamperingRound((bound) => draw(fc.integer, { min: 0, max: bound - 1 }));
        expect(faults).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('verifying roots', () => {
  /** What is found after somebody tampered with the files. */
  async function afterwards(change: (files: Map<string, string>, audit: AnchoredAudit) => void) {
    const audit = await anchoredAudit(items, segments);
    change(audit.roots.files, audit);
    return (await verified(audit)).damages;
  }
  const altered = (files: Map<string, string>, sequence: number, over: object) => {
    const signed = parseSignedRoot(files.get(rootName(sequence))!);
    files.set(rootName(sequence), signedRootText({ ...signed, root: { ...signed.root, ...over } }));
  };
  const linksOf = (files: Map<string, string>, sequence: number) =>
    [...files.keys()].find((name) => name.startsWith(`links/00000000${sequence}-`))!;

  it.each<[string, Parameters<typeof afterwards>[0], readonly object[]]>([
    [
      'a root that is missing',
      (files) => files.delete(rootName(3)),
      [{ of: 'root', fault: 'missing', sequence: 3, toSequence: 3 }],
    ],
    [
      'several at the beginning',
      (files) => [1, 2].map((sequence) => files.delete(rootName(sequence))),
      [{ of: 'root', fault: 'missing', sequence: 1, toSequence: 2 }],
    ],
    [
      'the newest ones, by the word of the table',
      (files) => [6, 7].map((sequence) => files.delete(rootName(sequence))),
      [{ of: 'root', fault: 'missing', sequence: 6, toSequence: 7 }],
    ],
    [
      'one in the place of another',
      (files) => files.set(rootName(3), files.get(rootName(4))!),
      [{ of: 'root', fault: 'misplaced', sequence: 3 }],
    ],
    [
      'one that says something else than was signed',
      (files) => altered(files, 3, { sealedAt: '2024-06-01T09:00:00.000Z' }),
      [{ of: 'root', fault: 'bad-signature', sequence: 3 }],
    ],
    [
      'one signed by somebody else',
      (files) => altered(files, 3, { keyId: `sha256:${'0'.repeat(64)}` }),
      [{ of: 'root', fault: 'unknown-key', sequence: 3 }],
    ],
    [
      'one that cannot be read',
      (files) => files.set(rootName(3), '{}'),
      [{ of: 'root', fault: 'unreadable', sequence: 3 }],
    ],
    [
      'links that were altered',
      (files) => files.set(linksOf(files, 3), ''),
      [{ of: 'links', fault: 'altered', sequence: 3 }],
    ],
    [
      'links that are missing',
      (files) => files.delete(linksOf(files, 3)),
      [{ of: 'links', fault: 'missing', sequence: 3 }],
    ],
    [
      'a newest one that is not the one that was noted',
      (_, { anchors }) => {
        const { beganAt, last } = anchors.anchor!;
        anchors.anchor = { beganAt, last: { ...last!, digest: `sha256:${'0'.repeat(64)}` } };
      },
      [{ of: 'root', fault: 'not-the-noted', sequence: 7 }],
    ],
  ])('names %s, and nothing else', async (_, change, expected) => {
    await expect(afterwards(change)).resolves.toEqual(expected);
  });

  it('names roots that are good by themselves and do not follow each other', async () => {
    const audit = await anchoredAudit(items, segments);
    const elsewhere = await anchoredAudit(items.slice(1), segments);
    for (const [name, text] of elsewhere.roots.files) {
      if (name >= rootName(4) || name.startsWith('links/')) audit.roots.files.set(name, text);
    }
    audit.anchors.anchor = null;
    const { damages } = await verified(audit);
    expect(damages).toContainEqual({ of: 'root', fault: 'does-not-follow', sequence: 4 });
  });

  it.each([
    [4 * 60 - 0.001, []],
    [4 * 60, [{ of: 'root', fault: 'too-old', sequence: 7 }]],
  ])('takes entries %d minutes after the newest root for one missing: %j', async (minutes, expected) => {
    const late = storedEntry(2_000, minute(70 + minutes));
    const audit = await anchoredAudit(items, segments);
    await expect(verified(audit, [...items, late])).resolves.toMatchObject({ damages: expected });
  });

  it('still says that entries differ where the links cannot say which', async () => {
    const audit = await anchoredAudit(items, segments);
    const victim = anchoredOfShard.find(({ sk }) => sk > minute(20) && sk < minute(30))!;
    audit.roots.files.delete(linksOf(audit.roots.files, 3));
    const { damages } = await verified(
      audit,
      items.filter((item) => item !== victim),
    );
    expect(damages).toEqual([
      { of: 'links', fault: 'missing', sequence: 3 },
      { of: 'segment', sequence: 3, shard },
    ]);
  });

  it('counts what nothing good speaks of, and goes on checking behind it', async () => {
    const audit = await anchoredAudit(items, segments);
    audit.roots.files.delete(rootName(3));
    const behind = anchoredOfShard.filter(({ sk }) => sk > minute(30) && sk < minute(40));
    const { damages, uncovered } = await verified(
      audit,
      items.filter((item) => item !== behind[1]),
    );
    expect(uncovered).toBe(10);
    expect(damages).toMatchObject([{ fault: 'missing', sequence: 3 }, entryDamage('removed', behind[1]!)]);
  });
});
