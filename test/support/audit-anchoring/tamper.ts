import type { StoredItem } from '../../../shared/domain/audit/audit-chain.ts';
import type { EntryFault } from '../../../shared/domain/audit/audit-damage.ts';
import { auditKeys } from '../../../shared/stores/dynamodb/audit-items.ts';
import type { AnchoredAudit } from './anchored-audit.ts';
import { storedEntry } from './stored-entry.ts';

/** Picks a whole number from 0 until before a bound. */
export type Pick = (bound: number) => number;

/** What somebody with all rights on the table did, and what is to be found of it, by shard. */
export interface Tampering {
  readonly standing: readonly StoredItem[];
  readonly expected: ReadonlyMap<
    number,
    { readonly fault: EntryFault; readonly sk: string; readonly id: string }
  >;
}

export const tamperings = ['edited', 'removed', 'inserted', 'reordered', 'swapped', 'truncated'] as const;

/**
 * Does something to one entry of an audit, or to two of a shard; null where this log does not allow for it.
 *
 * @param audit with an entry at least that is anchored.
 */
export function tamper(audit: AnchoredAudit, how: (typeof tamperings)[number], pick: Pick): Tampering | null {
  const until = audit.anchors.anchor!.last!.until;
  const anchored = audit.items.filter(({ sk }) => sk < until);
  const victim = anchored[pick(anchored.length)]!;
  const shard = shardOf(victim);
  const ofShard = audit.items.filter((item) => shardOf(item) === shard).toSorted(inOrder);
  const place = ofShard.indexOf(victim);
  const others = audit.items.filter((item) => item !== victim);
  const found = (fault: EntryFault, { sk }: StoredItem, id: string) => new Map([[shard, { fault, sk, id }]]);

  switch (how) {
    case 'edited':
      return { standing: [...others, edit(victim, pick)], expected: found('edited', victim, idOf(victim)) };
    case 'removed': {
      const isTail = place === ofShard.length - 1;
      return { standing: others, expected: found(isTail ? 'truncated' : 'removed', victim, idOf(victim)) };
    }
    case 'truncated': {
      const gone = new Set(ofShard.slice(place));
      const standing = audit.items.filter((item) => !gone.has(item));
      return { standing, expected: found('truncated', victim, idOf(victim)) };
    }
    case 'inserted': {
      // An id that falls into the same shard, right behind the entry or before it.
      let number = 1_000_000 + pick(1_000_000);
      for (;;) {
        const item = storedEntry(number++, String(victim.recordedAt), pick(10_000));
        if (shardOf(item) !== shard || audit.items.some(({ sk }) => sk === item.sk)) continue;
        return { standing: [...audit.items, item], expected: found('inserted', item, idOf(item)) };
      }
    }
    case 'reordered': {
      // To another place among those of its shard: whichever comes first tells of it.
      const target = anchored.filter((item) => shardOf(item) === shard)[pick(ofShard.length)] ?? victim;
      const key = auditKeys.entry(String(target.recordedAt), pick(10_000), idOf(victim));
      const moved = { ...victim, ...key, recordedAt: target.recordedAt } as StoredItem;
      if (audit.items.some(({ sk }) => sk === moved.sk)) return null;
      const first = moved.sk < victim.sk ? moved : victim;
      return { standing: [...others, moved], expected: found('reordered', first, idOf(victim)) };
    }
    case 'swapped': {
      const candidates = anchored.filter((item) => shardOf(item) === shard && item !== victim);
      if (candidates.length === 0) return null;
      const other = candidates[pick(candidates.length)]!;
      const one = { ...victim, entry: other.entry };
      const two = { ...other, entry: victim.entry };
      const first = victim.sk < other.sk ? one : two;
      return {
        standing: [...others.filter((item) => item !== other), one, two],
        expected: found('reordered', first, idOf(first)),
      };
    }
  }
}

/** Changes one thing an entry says, takes it away or adds another. */
function edit(item: StoredItem, pick: Pick): StoredItem {
  const { entry } = item as unknown as { entry: Record<string, unknown> };
  const changes: readonly (() => StoredItem)[] = [
    () => ({ ...item, entry: { ...entry, sequenceNumber: `${entry.sequenceNumber}0` } }),
    () => ({ ...item, entry: { ...entry, action: entry.action === 'removed' ? 'inserted' : 'removed' } }),
    () => ({ ...item, entry: { ...entry, key: null } }),
    () => ({ ...item, recordedAt: '2024-06-01T08:00:00.001Z', entry: { ...entry, more: 1 } }),
    () => ({ ...item, schemaVersion: 99 }),
    () => ({ pk: item.pk, sk: item.sk }),
    () => ({ ...item, more: true }),
  ];
  return changes[pick(changes.length)]!();
}

export function shardOf({ pk }: StoredItem): number {
  return Number(pk.at(-1));
}

export function idOf(item: StoredItem): string {
  return (item as unknown as { entry: { id: string } }).entry.id;
}

function inOrder(one: StoredItem, other: StoredItem): number {
  return one.sk < other.sk ? -1 : 1;
}
