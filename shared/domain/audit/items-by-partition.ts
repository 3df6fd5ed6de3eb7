import type { StoredItem } from './audit-chain.ts';
import { type AuditPartitions, partitionOf, type Stretch } from './audit-partitions.ts';

/** {@link AuditPartitions} of items in memory, given in any order: each stands where its keys say. */
export class ItemsByPartition implements AuditPartitions {
  readonly #items: ReadonlyMap<string, readonly StoredItem[]>;

  constructor(items: Iterable<StoredItem>) {
    this.#items = Map.groupBy(items, ({ pk }) => pk);
  }

  async *read(hour: string, shard: number, stretch?: Stretch): AsyncGenerator<StoredItem> {
    const items = this.#items.get(partitionOf(hour, shard)) ?? [];
    for (const item of items.toSorted(bySortKey)) {
      if (stretch === undefined || (item.sk >= stretch.from && item.sk < stretch.until)) yield item;
    }
  }
}

function bySortKey(one: StoredItem, other: StoredItem): number {
  if (one.sk === other.sk) return 0;
  return one.sk < other.sk ? -1 : 1;
}
