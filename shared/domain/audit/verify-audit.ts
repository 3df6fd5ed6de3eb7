import { sha256Digest } from '../digests/sha256-digest.ts';
import type { AnchoredRoot } from './anchor-store.ts';
import { longestWithoutAnchor } from './anchor-watch.ts';
import { entryIdOf } from './audit-chain.ts';
import type { AuditPlace, AuditVerification, Damage } from './audit-damage.ts';
import { type EntryLink, parseLinks } from './audit-links.ts';
import { type AuditPartitions, partitionOf, possibleShards } from './audit-partitions.ts';
import { type AuditRoot, linksName } from './audit-root.ts';
import { type CoveredSegment, compareShard, type Difference } from './compare-shard.ts';
import { type RootCopies, type TrustedKeys, verifyRoots } from './verify-roots.ts';

export interface VerifyAuditInput {
  readonly copies: RootCopies;
  readonly keys: TrustedKeys;
  readonly partitions: AuditPartitions;
  /** The newest root by the table's own word, as it was before the roots were copied; null: not known. */
  readonly noted: AnchoredRoot | null;
  /** What the partitions hold: from then (null: all there was) until before then. */
  readonly from: string | null;
  readonly until: string;
}

const hourMilliseconds = 3_600_000;
/** Also those that no entry is spread over: something could have been put there. */
const shards = Array.from({ length: possibleShards }, (_, shard) => shard);

/** The first difference of a shard, and what came after it. */
interface ShardFinding {
  readonly difference: Difference;
  readonly pk: string;
  laterSegments: number;
}

/**
 * Compares the audit with its roots: whether each entry that was anchored stands where it stood, to the byte, and nothing
 * stands between them. Holds one hour in memory at a time, besides the roots.
 */
export async function verifyAudit(input: VerifyAuditInput): Promise<AuditVerification> {
  const { roots, damages: ofRoots } = await verifyRoots(input.copies, input.keys, input.noted);
  const damages: Damage[] = [...ofRoots];
  const all = [...roots.values()];
  const newest = all.at(-1);
  const compared = all.filter((root) => isWithin(root, input));
  const coveredUntil = compared.at(-1)?.until ?? '';
  const findings = new Map<number, ShardFinding>();
  /** By shard: the last place where an entry stands. */
  const lastPlaces = new Map<number, string>();
  let entries = 0;
  let notYetAnchored = 0;
  let uncovered = 0;

  for (const hour of hoursOf(input, all[0])) {
    const segments: CoveredSegment[] = [];
    for (const root of compared.filter(({ from }) => from.startsWith(hour))) {
      const links = await readLinks(root, input.copies);
      if (typeof links === 'string') damages.push({ of: 'links', fault: links, sequence: root.sequence });
      const before = root.sequence === 1 ? null : roots.get(root.sequence - 1);
      segments.push({ root, before, links: typeof links === 'string' ? null : links });
    }
    const partitions = await Promise.all(
      shards.map((shard) => Array.fromAsync(input.partitions.read(hour, shard))),
    );
    for (const [shard, items] of partitions.entries()) {
      const { differences, same, others } = compareShard(hour, shard, items, segments);
      entries += same;
      for (const { sk } of others) {
        if (sk >= coveredUntil) notYetAnchored++;
        else uncovered++;
      }
      const last = items.at(-1);
      if (last !== undefined) lastPlaces.set(shard, last.sk);
      for (const difference of differences) {
        const finding = findings.get(shard);
        if (finding !== undefined) finding.laterSegments++;
        else findings.set(shard, { difference, pk: partitionOf(hour, shard), laterSegments: 0 });
      }
    }
  }
  const latest = [...lastPlaces.values()].sort().at(-1)?.slice(0, 24);
  if (newest !== undefined && latest !== undefined && isTooOld(newest, latest)) {
    damages.push({ of: 'root', fault: 'too-old', sequence: newest.sequence });
  }
  damages.push(...(await nameFindings(findings, lastPlaces, input, compared, all[0])));
  const covered = compared.length === 0 ? null : { from: compared[0]!.from, until: compared.at(-1)!.until };
  return { damages, roots: roots.size, covered, entries, notYetAnchored, uncovered };
}

function isWithin(root: AuditRoot, { from, until }: VerifyAuditInput): boolean {
  return (from === null || root.from >= from) && root.until <= until;
}

function isTooOld(newest: AuditRoot, latest: string): boolean {
  return Date.parse(latest) - Date.parse(newest.until) >= longestWithoutAnchor;
}

/** The hours to look at, as keys name them. */
function* hoursOf({ from, until }: VerifyAuditInput, first: AuditRoot | undefined): Generator<string> {
  const begin = from ?? first?.from ?? until;
  const start = Math.floor(Date.parse(begin) / hourMilliseconds) * hourMilliseconds;
  for (let hour = start; hour < Date.parse(until); hour += hourMilliseconds) {
    yield new Date(hour).toISOString().slice(0, 13);
  }
}

/** The links of a root by shard, or why they are not to be had. */
async function readLinks(
  root: AuditRoot,
  copies: RootCopies,
): Promise<ReadonlyMap<number, readonly EntryLink[]> | 'missing' | 'altered'> {
  if (root.links === null) return new Map();
  const text = await copies.read(linksName(root.sequence, root.links));
  if (text === null) return 'missing';
  if (sha256Digest(text) !== root.links) return 'altered';
  return Map.groupBy(parseLinks(text), ({ shard }) => shard);
}

/** Says of the first difference of each shard what was done. */
async function nameFindings(
  findings: ReadonlyMap<number, ShardFinding>,
  lastPlaces: ReadonlyMap<number, string>,
  input: VerifyAuditInput,
  compared: readonly AuditRoot[],
  first: AuditRoot | undefined,
): Promise<Damage[]> {
  const ids = new Set([...findings.values()].flatMap(({ difference }) => idsAskedFor(difference)));
  const places = await findPlaces(ids, input, compared, first);
  return [...findings]
    .sort(([one], [other]) => one - other)
    .map(([shard, { difference, pk, laterSegments }]): Damage => {
      const { sequence } = difference;
      if (difference.kind === 'unnamed') return { of: 'segment', sequence: difference.sequence, shard };
      const { sk } = difference;
      const entry = { of: 'entry', sequence, shard, place: { pk, sk }, laterSegments } as const;
      const here = { pk, sk };
      if (difference.kind === 'missing') {
        const { id } = difference;
        const now = places.stands(id).find((place) => !isSame(place, here));
        if (now !== undefined) return { ...entry, id, fault: 'reordered', elsewhere: now };
        const isTail = (lastPlaces.get(shard) ?? '') < sk;
        return { ...entry, id, fault: isTail ? 'truncated' : 'removed', elsewhere: null };
      }
      // What stands here: an entry that was anchored elsewhere and is gone from there was moved.
      const found = difference.kind === 'extra' ? difference.id : difference.foundId;
      const fault = difference.kind === 'extra' ? 'inserted' : 'edited';
      const origin = found === null ? undefined : places.movedFrom(found, here);
      if (origin !== undefined) return { ...entry, id: found, fault: 'reordered', elsewhere: origin };
      return { ...entry, id: difference.id, fault, elsewhere: null };
    });
}

function idsAskedFor(difference: Difference): string[] {
  if (difference.kind === 'unnamed') return [];
  const found = difference.kind === 'changed' ? difference.foundId : null;
  return [difference.id, found].filter((id) => id !== null);
}

/** Looks for entries by id in all that stands and all that was anchored. */
async function findPlaces(
  ids: ReadonlySet<string>,
  input: VerifyAuditInput,
  compared: readonly AuditRoot[],
  first: AuditRoot | undefined,
) {
  const standing: { readonly id: string; readonly place: AuditPlace }[] = [];
  const anchored: { readonly id: string; readonly place: AuditPlace }[] = [];
  if (ids.size > 0) {
    for (const hour of hoursOf(input, first)) {
      for (const shard of shards) {
        for await (const item of input.partitions.read(hour, shard)) {
          const id = entryIdOf(item);
          if (id !== null && ids.has(id)) standing.push({ id, place: { pk: item.pk, sk: item.sk } });
        }
      }
    }
    for (const root of compared) {
      const links = await readLinks(root, input.copies);
      if (typeof links === 'string') continue;
      const asked = [...links.values()].flat().filter(({ id }) => ids.has(id));
      for (const { id, shard, sk } of asked) {
        anchored.push({ id, place: { pk: partitionOf(root.from.slice(0, 13), shard), sk } });
      }
    }
  }
  const stands = (id: string): AuditPlace[] =>
    standing.filter((entry) => entry.id === id).map(({ place }) => place);
  return {
    stands,
    /** Where an entry that stands `here` was anchored, unless it stands there too: then this is another of that name. */
    movedFrom: (id: string, here: AuditPlace): AuditPlace | undefined =>
      anchored.find(
        (entry) =>
          entry.id === id &&
          !isSame(entry.place, here) &&
          !stands(id).some((place) => isSame(place, entry.place)),
      )?.place,
  };
}

function isSame(one: AuditPlace, other: AuditPlace): boolean {
  return one.pk === other.pk && one.sk === other.sk;
}
