import * as z from 'zod/mini';
import type { AuditEntry } from '../../domain/audit/audit-entry.ts';
import { residentId } from './resident-items.ts';

/**
 * The items of the `audit` table. Whoever changes the shape of an item raises this number and teaches the readers
 * both shapes: items are append-only, so the old ones stay (docs/adr/0008-streams-and-audit.md).
 */
export const auditItemsSchemaVersion = 1;

/** One partition takes 1,000 writes a second; entries of one hour are spread over as many as this. */
export const auditShards = 4;

const instant = z.iso.datetime({ precision: 3 });
const entryId = z.string().check(z.regex(/^ev_[\w-]{22}$/));
const name = z.string().check(z.regex(/^[a-z][a-z-]{0,31}$/));
const keyText = z.string().check(z.minLength(1), z.maxLength(1024));
const subject = z.string().check(z.minLength(1), z.maxLength(256));

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
  /**
   * What keeps an entry from being recorded twice, and tells where it stands. The looks at one person stand together, in
   * the order in which they happened.
   */
  place: (entry: AuditEntry) =>
    entry.type === 'access' && entry.residentId !== null
      ? { pk: auditKeys.accesses(entry.residentId), sk: `${entry.occurredAt}#${entry.id}` }
      : { pk: `ENTRY#${entry.id}`, sk: 'ENTRY' },
  /** The places of the looks at one person. */
  accesses: (residentId: string) => `ACCESSES#${residentId}`,
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
  key: z.nullable(z.strictObject({ pk: keyText, sk: keyText })),
  itemSchemaVersion: z.nullable(z.int().check(z.minimum(1))),
  sequenceNumber: z.string().check(z.regex(/^\d{1,40}$/)),
});

/** A look at what is kept of a person; the fields of {@link import('../../domain/audit/audit-entry.ts').AccessEntry}. */
const accessEntrySchema = z.strictObject({
  type: z.literal('access'),
  id: entryId,
  occurredAt: instant,
  operation: z.string().check(z.regex(/^[a-z][A-Za-z]{0,63}$/)),
  by: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('resident') }),
    z.strictObject({ kind: z.literal('clerk'), subject, district: subject, post: subject }),
    z.strictObject({ kind: z.literal('partner'), partner: subject, key: subject }),
  ]),
  residentId: z.nullable(residentId),
  purpose: z.nullable(name),
  caseNumber: z.nullable(subject),
  outsideDistrict: z.nullable(name),
  services: z.nullable(z.array(z.string().check(z.regex(/^[a-z0-9][a-z0-9.+-]{0,63}$/)))),
  decisionId: z.nullable(z.string().check(z.regex(/^dc_[\w-]{32}$/))),
  disclosed: z.boolean(),
});

/** One entry. Written once, never changed; it does not expire. */
export const auditEntryItemSchema = z.strictObject({
  pk: z.string().check(z.regex(shardPartition)),
  sk: z.string().check(z.regex(shardSortKey)),
  type: z.literal('audit-entry'),
  schemaVersion: z.literal(auditItemsSchemaVersion),
  recordedAt: instant,
  entry: z.discriminatedUnion('type', [changeEntrySchema, accessEntrySchema]),
});

/** Keeps an entry from being recorded twice, and finds the looks at a person. */
export const auditPlaceItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^(?:ENTRY#ev_[\w-]{22}|ACCESSES#rs_[\w-]{22})$/)),
  sk: z.string().check(z.regex(/^(?:ENTRY|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#ev_[\w-]{22})$/)),
  type: z.literal('audit-place'),
  schemaVersion: z.literal(auditItemsSchemaVersion),
  place: z.strictObject({
    pk: z.string().check(z.regex(shardPartition)),
    sk: z.string().check(z.regex(shardSortKey)),
  }),
});

export type AuditEntryItem = z.infer<typeof auditEntryItemSchema>;
export type AuditPlaceItem = z.infer<typeof auditPlaceItemSchema>;
