import * as z from 'zod/mini';
import type { KeyOwner } from '../../domain/partners/partner-store.ts';

/**
 * The items of the `partners` table. Whoever changes the shape of an item raises this number and teaches the readers
 * both shapes: keys live for a year.
 */
export const partnerItemsSchemaVersion = 1;

const instant = z.iso.datetime();
const keyId = z.string().check(z.regex(/^ak_[0-9A-Za-z]{10}$/));
/** The id of a holder of keys; a feed's is the bureau it speaks for. */
export const ownerId = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,31}$/));
const ownerKind = z.enum(['partner', 'feed']);
const hashKeyVersion = z.string().check(z.regex(/^v[1-9]\d*$/));

/** All owners share a partition, so that one query lists them: they are a city's offices and its contractors, hundreds. */
const ownerPartition = 'OWNER';
const hashKeyPartition = 'HASHKEY';

export const partnerKeys = {
  owner: ({ kind, id }: KeyOwner) => ({ pk: ownerPartition, sk: `${kind}#${id}` }),
  owners: ownerPartition,
  key: (id: string) => ({ pk: `KEY#${id}`, sk: 'KEY' }),
  request: (id: string) => ({ pk: `REQUEST#${id}`, sk: 'REQUEST' }),
  hashKey: (version: string) => ({ pk: hashKeyPartition, sk: version }),
  hashKeys: hashKeyPartition,
} as const;

const keySummary = z.strictObject({
  id: keyId,
  createdAt: instant,
  expiresAt: instant,
  revokedAt: z.nullable(instant),
});

/** An owner of keys. `revision` moves with every change of its keys, which is what makes their number certain. */
export const ownerItemSchema = z.strictObject({
  pk: z.literal(ownerPartition),
  sk: z.string(),
  type: z.literal('key-owner'),
  schemaVersion: z.literal(partnerItemsSchemaVersion),
  revision: z.int().check(z.minimum(0)),
  kind: ownerKind,
  id: ownerId,
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  createdAt: instant,
  keys: z.array(keySummary),
});

/** An API key; the key itself is nowhere in it. */
export const keyItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^KEY#/)),
  sk: z.literal('KEY'),
  type: z.literal('api-key'),
  schemaVersion: z.literal(partnerItemsSchemaVersion),
  id: keyId,
  ownerKind,
  ownerId,
  hash: z.string().check(z.regex(/^v[1-9]\d*\.[\w-]{43}$/)),
  scopes: z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.minLength(1), z.maxLength(32)),
  ipRanges: z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(32)),
  createdAt: instant,
  expiresAt: instant,
  revokedAt: z.nullable(instant),
  lastUsedOn: z.nullable(z.iso.date()),
});

/** A key of the HMAC over API keys, wrapped by the key store. Never changed. */
export const hashKeyItemSchema = z.strictObject({
  pk: z.literal(hashKeyPartition),
  sk: hashKeyVersion,
  type: z.literal('api-key-hash-key'),
  schemaVersion: z.literal(partnerItemsSchemaVersion),
  version: hashKeyVersion,
  wrapped: z.instanceof(Uint8Array),
});

/** A request of an operator that came under an idempotency key, with its answer. Nobody's secret is in it. */
export const keyedRequestItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^REQUEST#sha256:[0-9a-f]{64}$/)),
  sk: z.literal('REQUEST'),
  type: z.literal('keyed-request'),
  schemaVersion: z.literal(partnerItemsSchemaVersion),
  fingerprint: z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/)),
  answer: z.string().check(z.minLength(1)),
  /** Epoch seconds after which DynamoDB deletes it. */
  expiresAt: z.int().check(z.minimum(0)),
});

export type OwnerItem = z.infer<typeof ownerItemSchema>;

/** The item of an owner that has no keys yet. */
export function newOwnerItem({ kind, id }: KeyOwner, name: string, createdAt: string): OwnerItem {
  return ownerItemSchema.parse({
    ...partnerKeys.owner({ kind, id }),
    type: 'key-owner',
    schemaVersion: partnerItemsSchemaVersion,
    revision: 0,
    kind,
    id,
    name,
    createdAt,
    keys: [],
  });
}
