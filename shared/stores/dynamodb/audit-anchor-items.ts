import * as z from 'zod/mini';
import { DIGEST_FORM } from '../../domain/digests/digest-form.ts';

/** Raised by whoever changes the shape of an item; both shapes are read from then on. */
export const auditAnchorItemsSchemaVersion = 1;

const instant = z.iso.datetime({ precision: 3 });

/** How far the audit is anchored; in the audit's own table, in a partition that its entries do not use. */
export const auditAnchorKey = { pk: 'ANCHOR', sk: 'ANCHOR' } as const;

/** Made once, then moved forward with every root. */
export const auditAnchorItemSchema = z.strictObject({
  pk: z.literal(auditAnchorKey.pk),
  sk: z.literal(auditAnchorKey.sk),
  type: z.literal('audit-anchor'),
  schemaVersion: z.literal(auditAnchorItemsSchemaVersion),
  /** When anchoring began. */
  beganAt: instant,
  /** Of the newest root; 0: nothing was ever anchored, and the rest is null. */
  sequence: z.int().check(z.minimum(0)),
  until: z.nullable(instant),
  anchoredAt: z.nullable(instant),
  digest: z.nullable(z.string().check(z.regex(DIGEST_FORM))),
});

/**
 * What every entry has in common, whatever its type says: all that a chain needs to know of it. An older version of the
 * product thus goes on chaining the entries of a newer one.
 */
export const chainedItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^ENTRIES#\d{4}-\d\d-\d\dT\d\dZ#\d$/)),
  sk: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#\d{4}#[\w-]+$/)),
  type: z.literal('audit-entry'),
  schemaVersion: z.int().check(z.minimum(1)),
  recordedAt: instant,
  entry: z.intersection(z.object({ type: z.string(), id: z.string() }), z.record(z.string(), z.json())),
});
