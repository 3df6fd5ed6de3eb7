import * as z from 'zod/mini';
import { DIGEST_FORM } from '../../domain/digests/digest-form.ts';

/**
 * The items of the `policies` table. Whoever changes the shape of an item raises this number and teaches the
 * readers both shapes: items are append-only, so the old ones stay (docs/adr/0002-tables.md).
 */
export const policyItemsSchemaVersion = 1;

const digest = z.string().check(z.regex(DIGEST_FORM));
const name = z.string().check(z.minLength(1), z.maxLength(64));
const instant = z.iso.datetime();

/** All pointers share a partition, so that one query reads them all; there are as many as policies: few. */
const pointerPartition = 'POINTER';

/** Keys are generic: one table, three kinds of item. */
export const policyKeys = {
  version: (policy: string, version: string) => ({ pk: `POLICY#${policy}`, sk: `VERSION#${version}` }),
  digest: (digestText: string) => ({ pk: `DIGEST#${digestText}`, sk: 'DIGEST' }),
  pointer: (policy: string) => ({ pk: pointerPartition, sk: `POLICY#${policy}` }),
  pointers: pointerPartition,
} as const;

/** One published version with its pack. Written once, never changed. */
export const policyVersionItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^POLICY#/)),
  sk: z.string().check(z.regex(/^VERSION#/)),
  type: z.literal('policy-version'),
  schemaVersion: z.literal(policyItemsSchemaVersion),
  policy: name,
  version: name,
  digest,
  effective: z.strictObject({ from: z.iso.date(), until: z.nullable(z.iso.date()) }),
  publishedAt: instant,
  /** How `pack` is written: JSON in UTF-8, compressed with Brotli. */
  packEncoding: z.literal('json+br'),
  pack: z.instanceof(Uint8Array),
});

/** Keeps a digest from being published twice, under whatever name. */
export const policyDigestItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^DIGEST#/)),
  sk: z.literal('DIGEST'),
  type: z.literal('policy-digest'),
  schemaVersion: z.literal(policyItemsSchemaVersion),
  policy: name,
  version: name,
  digest,
});

export const policyVersionSummarySchema = z.pick(policyVersionItemSchema, {
  version: true,
  digest: true,
  effective: true,
  publishedAt: true,
});

/** Which versions a policy has; the only item that ever changes, and only by appending to `versions`. */
export const policyPointerItemSchema = z.strictObject({
  pk: z.literal(pointerPartition),
  sk: z.string().check(z.regex(/^POLICY#/)),
  type: z.literal('policy-pointer'),
  schemaVersion: z.literal(policyItemsSchemaVersion),
  policy: name,
  revision: z.int().check(z.minimum(1)),
  versions: z.array(policyVersionSummarySchema).check(z.minLength(1)),
});
