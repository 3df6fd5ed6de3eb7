import * as z from 'zod/mini';

/** As `residentItemsSchemaVersion`, for the keys of the blind index in the same table. */
export const indexKeyItemsSchemaVersion = 1;

const version = z.string().check(z.regex(/^v[1-9]\d*$/));

/** All keys share a partition, with the one that is current: one query reads all there is to know. */
export const indexKeys = {
  partition: 'INDEX-KEY',
  key: (of: string) => ({ pk: 'INDEX-KEY', sk: of }),
  current: { pk: 'INDEX-KEY', sk: 'CURRENT' },
} as const;

/** A live key of the index, wrapped by the key store. */
export const indexKeyItemSchema = z.strictObject({
  pk: z.literal('INDEX-KEY'),
  sk: version,
  type: z.literal('index-key'),
  schemaVersion: z.literal(indexKeyItemsSchemaVersion),
  wrapped: z.instanceof(Uint8Array),
  /** Since when it is live: whoever read the keys before does not know it. */
  since: z.iso.datetime(),
});

/** Under which key new residents are written. */
export const currentIndexKeyItemSchema = z.strictObject({
  pk: z.literal('INDEX-KEY'),
  sk: z.literal('CURRENT'),
  type: z.literal('current-index-key'),
  schemaVersion: z.literal(indexKeyItemsSchemaVersion),
  version,
  since: z.iso.datetime(),
});

/** A key as it is stored, live since an instant. */
export function indexKeyItem(of: string, wrapped: Uint8Array, since: string) {
  return indexKeyItemSchema.parse({
    ...indexKeys.key(of),
    type: 'index-key',
    schemaVersion: indexKeyItemsSchemaVersion,
    wrapped,
    since,
  });
}

/** Which key is current since an instant, as it is stored. */
export function currentIndexKeyItem(of: string, since: string) {
  return currentIndexKeyItemSchema.parse({
    ...indexKeys.current,
    type: 'current-index-key',
    schemaVersion: indexKeyItemsSchemaVersion,
    version: of,
    since,
  });
}
