import * as z from 'zod';

/**
 * The items of the `audit` table. Whoever changes the shape of an item raises this number and teaches the readers
 * both shapes: items are append-only, so the old ones stay (docs/adr/0008-streams-and-audit.md).
 */
export const auditItemsSchemaVersion = 1;

/** One partition takes 1,000 writes a second; entries of one hour are spread over as many as this. */
export const auditShards = 4;

const instant = z.iso.datetime({ precision: 3 });
const entryId = z.string().regex(/^ev_[\w-]{22}$/);
const name = z.string().regex(/^[a-z][a-z-]{0,31}$/);
const keyText = z.string().min(1).max(1024);

const shardPartition = /^ENTRIES#\d{4}-\d\d-\d\dT\d\dZ#\d$/;
const shardSortKey = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#\d{4}#ev_[\w-]{22}$/;

export const auditKeys = {
  /** The entries of one hour and one shard, in the order of recording. */
  shard: (hour: string, shard: number) => `ENTRIES#${hour}Z#${shard}`,
  /**
   * Where an entry stands: by when it was recorded, and among those recorded at once by its position. The order within
   * a shard is therefore complete and never changes, which is what a chain of hashes over it needs.
   */
  entry: (recordedAt: string, position: number, id: string) => ({
    pk: auditKeys.shard(recordedAt.slice(0, 13), shardOf(id)),
    sk: `${recordedAt}#${String(position).padStart(4, '0')}#${id}`,
  }),
  /** What keeps an id from being recorded twice, and tells where its entry stands. */
  place: (id: string) => ({ pk: `ENTRY#${id}`, sk: 'ENTRY' }),
} as const;

/** The shard of an id: its first random character, taken modulo the shards. */
function shardOf(id: string): number {
  return id.charCodeAt('ev_'.length) % auditShards;
}

/** A change of an item of a table; the fields of {@link import('../../domain/audit/audit-entry.ts').ChangeEntry}. */
const changeEntrySchema = z.strictObject({
  type: z.literal('change'),
  id: entryId,
  occurredAt: instant,
  table: name,
  kind: name,
  action: z.enum(['inserted', 'modified', 'removed']),
  by: z.enum(['request', 'expiry']),
  key: z.strictObject({ pk: keyText, sk: keyText }).nullable(),
  itemSchemaVersion: z.int().min(1).nullable(),
  sequenceNumber: z.string().regex(/^\d{1,40}$/),
});

/** One entry. Written once, never changed; it does not expire. */
export const auditEntryItemSchema = z.strictObject({
  pk: z.string().regex(shardPartition),
  sk: z.string().regex(shardSortKey),
  type: z.literal('audit-entry'),
  schemaVersion: z.literal(auditItemsSchemaVersion),
  recordedAt: instant,
  entry: z.discriminatedUnion('type', [changeEntrySchema]),
});

/** Keeps an id from being recorded twice. */
export const auditPlaceItemSchema = z.strictObject({
  pk: z.string().regex(/^ENTRY#ev_[\w-]{22}$/),
  sk: z.literal('ENTRY'),
  type: z.literal('audit-place'),
  schemaVersion: z.literal(auditItemsSchemaVersion),
  place: z.strictObject({ pk: z.string().regex(shardPartition), sk: z.string().regex(shardSortKey) }),
});

export type AuditEntryItem = z.infer<typeof auditEntryItemSchema>;
