import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  hashKeyItemSchema,
  keyedRequestItemSchema,
  keyItemSchema,
  ownerItemSchema,
  partnerItemsSchemaVersion,
} from '../../../../shared/stores/dynamodb/partner-items.ts';

const instant = { type: 'string', format: 'date-time' };
const nullable = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const pattern = (source: string) => ({ type: 'string', pattern: source });
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const constant = (value: string) => ({ type: 'string', const: value });
const one = { type: 'number', const: 1 };
const object = (properties: object) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const keyId = pattern('^ak_[0-9A-Za-z]{10}$');
const ownerId = pattern('^[a-z0-9][a-z0-9-]{0,31}$');
const ownerKind = { type: 'string', enum: ['partner', 'feed'] };
const version = pattern('^v[1-9]\\d*$');

/**
 * The shapes of version 1. Whoever changes a schema so that this test fails raises `partnerItemsSchemaVersion`, pins the
 * new shape here, and lets the readers read both: keys of the old one live for a year.
 */
const pinned = {
  1: {
    owner: object({
      pk: constant('OWNER'),
      sk: { type: 'string' },
      type: constant('key-owner'),
      schemaVersion: one,
      revision: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      kind: ownerKind,
      id: ownerId,
      name: text(100),
      createdAt: instant,
      keys: {
        type: 'array',
        items: object({ id: keyId, createdAt: instant, expiresAt: instant, revokedAt: nullable(instant) }),
      },
    }),
    key: object({
      pk: pattern('^KEY#'),
      sk: constant('KEY'),
      type: constant('api-key'),
      schemaVersion: one,
      id: keyId,
      ownerKind,
      ownerId,
      hash: pattern('^v[1-9]\\d*\\.[\\w-]{43}$'),
      scopes: { type: 'array', items: text(64), minItems: 1, maxItems: 32 },
      ipRanges: { type: 'array', items: text(64), maxItems: 32 },
      createdAt: instant,
      expiresAt: instant,
      revokedAt: nullable(instant),
      lastUsedOn: nullable({ type: 'string', format: 'date' }),
    }),
    request: object({
      pk: pattern('^REQUEST#sha256:[0-9a-f]{64}$'),
      sk: constant('REQUEST'),
      type: constant('keyed-request'),
      schemaVersion: one,
      fingerprint: pattern('^sha256:[0-9a-f]{64}$'),
      answer: { type: 'string', minLength: 1 },
      expiresAt: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    }),
    hashKey: object({
      pk: constant('HASHKEY'),
      sk: version,
      type: constant('api-key-hash-key'),
      schemaVersion: one,
      version,
      wrapped: {},
    }),
  },
} as const;

/** The shape as JSON Schema, without the patterns zod adds to formats. */
function shape(schema: z.ZodMiniType) {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return json;
}

describe('the items of the partners table', () => {
  it.each([
    ['owner', ownerItemSchema],
    ['key', keyItemSchema],
    ['request', keyedRequestItemSchema],
    ['hashKey', hashKeyItemSchema],
  ] as const)('keep the shape that is pinned to their schema version: %s', (kind, schema) => {
    expect(shape(schema)).toEqual(pinned[partnerItemsSchemaVersion][kind]);
  });
});
