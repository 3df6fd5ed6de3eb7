import { createHash } from 'node:crypto';
import { canonicalJson } from '../digests/canonical-json.ts';

/** An item of the audit as it stands in its store, whatever it says. */
export interface StoredItem extends Readonly<Record<string, unknown>> {
  readonly pk: string;
  /** The place in its shard: shards are ordered by it. */
  readonly sk: string;
}

/** What the first link of a shard is chained to: 32 zero bytes, in hex. */
export const chainBeginning = '0'.repeat(64);

/**
 * The link of an item: SHA-256 over the link before it (32 bytes) and the item's canonical JSON (RFC 8785). So a link stands
 * for its item and all before it in its shard, in their order.
 *
 * @param before the link of the item before it in the shard, or {@link chainBeginning}; 64 hex digits.
 */
export function linkOf(before: string, item: StoredItem): string {
  return createHash('sha256').update(Buffer.from(before, 'hex')).update(canonicalJson(item)).digest('hex');
}

/** The id an item's entry has; null for an item that is no entry. */
export function entryIdOf(item: StoredItem): string | null {
  const { entry } = item as { readonly entry?: { readonly id?: unknown } | null };
  return typeof entry?.id === 'string' ? entry.id : null;
}
