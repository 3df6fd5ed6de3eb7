import * as z from 'zod/mini';

/**
 * The items of the `residents` table. Whoever changes the shape of an item raises this number and teaches the readers
 * both shapes (docs/adr/0005-register.md).
 */
export const residentItemsSchemaVersion = 1;

const bytes = z.instanceof(Uint8Array);
/** The register's own id of a resident. */
export const residentId = z.string().check(z.regex(/^rs_[A-Za-z0-9_-]{22}$/));
const blindIndex = z.string().check(z.regex(/^v[1-9]\d*\.[A-Za-z0-9_-]{43}$/));

/**
 * Only the record is found by the index. Everything else of a resident stands under their own id, so that a change of
 * the index's key moves one item a resident, and somebody who was erased and comes again meets nothing of before.
 */
export const residentKeys = {
  record: (index: string) => ({ pk: `INDEX#${index}`, sk: 'RECORD' }),
  key: (id: string) => ({ pk: `KEY#${id}`, sk: 'KEY' }),
  collection: (id: string) => `RESIDENT#${id}`,
  event: (id: string, source: string, eventId: string) => ({
    pk: `RESIDENT#${id}`,
    sk: `EVENT#${source}#${eventId}`,
  }),
  part: (id: string, number: number) => ({ pk: `RESIDENT#${id}`, sk: `PART#${number}` }),
  erased: (id: string) => ({ pk: 'ERASED', sk: id }),
  erasing: (id: string) => ({ pk: 'ERASING', sk: id }),
} as const;

/** What all events, and all parts, of a collection begin their sort keys with. */
export const residentPrefixes = { event: 'EVENT#', part: 'PART#' } as const;

/** What is known of a resident. The only item of a resident that changes: its version moves with every event. */
export const residentRecordItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^INDEX#v[1-9]\d*\.[A-Za-z0-9_-]{43}$/)),
  sk: z.literal('RECORD'),
  type: z.literal('resident-record'),
  schemaVersion: z.literal(residentItemsSchemaVersion),
  version: z.int().check(z.minimum(1)),
  residentId,
  /** The resident's data key as the key store wrapped it. */
  dataKey: bytes,
  /** The envelope of document and record, or its beginning. */
  payload: bytes,
  /** How many part items hold the rest of the envelope. Never fewer than there were: nothing here deletes. */
  parts: z.int().check(z.minimum(0), z.maximum(30)),
});

/** What of a record's envelope does not fit into its item. */
export const residentPartItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^RESIDENT#rs_/)),
  sk: z.string().check(z.regex(/^PART#[1-9]\d*$/)),
  type: z.literal('resident-part'),
  schemaVersion: z.literal(residentItemsSchemaVersion),
  /** The version of the record it belongs to. */
  version: z.int().check(z.minimum(1)),
  payload: bytes,
});

/** Something that happened to a resident, as it was accepted. Written once, never changed. */
export const registerEventItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^RESIDENT#rs_/)),
  sk: z.string().check(z.regex(/^EVENT#[a-z0-9-]+#[A-Za-z0-9._:-]+$/)),
  type: z.literal('register-event'),
  schemaVersion: z.literal(residentItemsSchemaVersion),
  payload: bytes,
});

/** Leads from a resident's id to their data key, and to where their record stands. */
export const residentKeyItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^KEY#rs_/)),
  sk: z.literal('KEY'),
  type: z.literal('resident-key'),
  schemaVersion: z.literal(residentItemsSchemaVersion),
  dataKey: bytes,
  index: blindIndex,
});

/** Says for good that a resident was erased: the list to go through after a restore. */
export const erasedResidentItemSchema = z.strictObject({
  pk: z.literal('ERASED'),
  sk: residentId,
  type: z.literal('erased-resident'),
  schemaVersion: z.literal(residentItemsSchemaVersion),
});

/** Stands until what is left of an erased resident, unreadable already, is deleted too. */
export const erasingResidentItemSchema = z.strictObject({
  pk: z.literal('ERASING'),
  sk: residentId,
  type: z.literal('erasing-resident'),
  schemaVersion: z.literal(residentItemsSchemaVersion),
});

export type ResidentRecordItem = z.infer<typeof residentRecordItemSchema>;
