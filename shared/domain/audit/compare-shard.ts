import { entryIdOf, linkOf, type StoredItem } from './audit-chain.ts';
import type { EntryLink } from './audit-links.ts';
import { type AuditRoot, chainHeadBefore } from './audit-root.ts';

/** A segment that a good root speaks of. */
export interface CoveredSegment {
  readonly root: AuditRoot;
  /** The root before; null: there is none; undefined: it is at fault, and so what is chained on unknown. */
  readonly before: AuditRoot | null | undefined;
  /** By shard; null: they are at fault. */
  readonly links: ReadonlyMap<number, readonly EntryLink[]> | null;
}

/** The first difference of a segment and shard. */
export type Difference =
  /** An entry that was anchored does not stand there. */
  | { readonly kind: 'missing'; readonly sequence: number; readonly sk: string; readonly id: string }
  /** Something stands there that was not anchored. */
  | {
      readonly kind: 'extra';
      readonly sequence: number | null;
      readonly sk: string;
      readonly id: string | null;
    }
  /** What stands at the place of an entry is not what was anchored. */
  | {
      readonly kind: 'changed';
      readonly sequence: number;
      readonly sk: string;
      readonly id: string;
      readonly foundId: string | null;
    }
  /** Something differs, and there are no links to say what. */
  | { readonly kind: 'unnamed'; readonly sequence: number };

export interface ShardComparison {
  /** In the order of the segments; one each at most, and one of what stands where no entry is ever recorded. */
  readonly differences: readonly Difference[];
  /** How many entries stand as they were anchored, up to the first difference of their segment. */
  readonly same: number;
  /** Items in no covered segment, in their order. */
  readonly others: readonly StoredItem[];
}

/**
 * Compares what stands in one hour and shard with what was anchored of it.
 *
 * @param hour `2024-06-01T08`, in UTC.
 * @param items in the order of their sort keys.
 * @param segments those of the hour that a good root speaks of, in their order.
 */
export function compareShard(
  hour: string,
  shard: number,
  items: readonly StoredItem[],
  segments: readonly CoveredSegment[],
): ShardComparison {
  const differences: Difference[] = [];
  const others: StoredItem[] = [];
  const ofSegment = new Map<CoveredSegment, StoredItem[]>(segments.map((segment) => [segment, []]));
  for (const item of items) {
    if (!item.sk.startsWith(hour)) {
      if (differences.length === 0) differences.push(extra(item, null));
      continue;
    }
    const segment = segments.find(({ root }) => item.sk >= root.from && item.sk < root.until);
    (segment === undefined ? others : ofSegment.get(segment)!).push(item);
  }
  let same = 0;
  for (const [segment, found] of ofSegment) {
    const compared = compareSegment(shard, found, segment);
    same += compared.same;
    if (compared.difference !== null) differences.push(compared.difference);
  }
  return { differences, same, others };
}

function compareSegment(shard: number, items: readonly StoredItem[], segment: CoveredSegment) {
  const { root, before } = segment;
  const { sequence } = root;
  let head = before === undefined ? null : chainHeadBefore(before, shard);
  if (segment.links === null) return compareHeads(shard, items, root, head);
  const links = segment.links.get(shard) ?? [];
  for (let index = 0; ; index++) {
    const same = (difference: Difference | null) => ({ same: index, difference });
    const link = links[index];
    const item = items[index];
    if (link === undefined) return same(item === undefined ? null : extra(item, sequence));
    const { sk, id } = link;
    if (item === undefined || item.sk > sk) return same({ kind: 'missing', sequence, sk, id });
    if (item.sk < sk) return same(extra(item, sequence));
    if (head !== null && linkOf(head, item) !== link.link) {
      return same({ kind: 'changed', sequence, sk, id, foundId: entryIdOf(item) });
    }
    // Good links know what the next one is chained to, also where it could not be told of the first.
    head = link.link;
  }
}

/** What can be told without links: whether anything differs. */
function compareHeads(shard: number, items: readonly StoredItem[], root: AuditRoot, before: string | null) {
  const anchored = root.shards[shard] ?? { count: 0, head: before };
  const head = before === null ? anchored.head : items.reduce(linkOf, before);
  const isSame = items.length === anchored.count && head === anchored.head;
  const difference: Difference | null = isSame ? null : { kind: 'unnamed', sequence: root.sequence };
  return { same: isSame ? items.length : 0, difference };
}

function extra(item: StoredItem, sequence: number | null): Difference {
  return { kind: 'extra', sequence, sk: item.sk, id: entryIdOf(item) };
}
