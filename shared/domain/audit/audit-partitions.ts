import type { StoredItem } from './audit-chain.ts';

/** A stretch of time by sort keys: from `from` until before `until`, RFC 3339 instants in UTC to the millisecond. */
export interface Stretch {
  readonly from: string;
  readonly until: string;
}

/** The audit as a chain sees it: items as they stand, by hour and shard. */
export interface AuditPartitions {
  /**
   * The items of one hour and shard, in the order of their sort keys. What was recorded before the call is among them.
   *
   * @param hour `2024-06-01T08`, in UTC.
   * @param stretch only what lies in it; the whole partition when absent, also what does not belong there.
   * @throws AuditStoreUnavailable when the store does not answer in time.
   */
  read(hour: string, shard: number, stretch?: Stretch): AsyncIterable<StoredItem>;
}

/** How many shards an hour can have by the form of its keys. */
export const possibleShards = 10;

/** The partition key of an hour and shard. */
export function partitionOf(hour: string, shard: number): string {
  return `ENTRIES#${hour}Z#${shard}`;
}
