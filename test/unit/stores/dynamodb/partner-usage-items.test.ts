import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  countedCheckItemSchema,
  noticeItemSchema,
  partnerUsageItemsSchemaVersion,
  personItemSchema,
  termsItemSchema,
  usageShardItemSchema,
} from '../../../../shared/stores/dynamodb/partner-usage-items.ts';

const pattern = (source: string) => ({ type: 'string', pattern: source });
const constant = (value: string) => ({ type: 'string', const: value });
const one = { type: 'number', const: 1 };
const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const aDay = { type: 'integer', minimum: 1, maximum: 30_000_000 };
const pk = pattern('^PARTNER#[a-z0-9][a-z0-9-]{0,31}$');
const object = (properties: object) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const service = pattern('^[a-z0-9][a-z0-9.+-]{0,63}$');
const purposes = [
  'school-admission',
  'housing-allocation',
  'care-admission',
  'benefit-grant',
  'employment-support',
  'legal-aid',
];

/**
 * The shapes of version 1. Whoever changes a schema so that this test fails raises `partnerUsageItemsSchemaVersion`, pins
 * the new shape here, and lets the readers read both: terms stay.
 */
const pinned = {
  1: {
    terms: object({
      pk,
      schemaVersion: one,
      sk: constant('TERMS'),
      type: constant('partner-terms'),
      services: { anyOf: [{ type: 'array', items: service, minItems: 1, maxItems: 100 }, { type: 'null' }] },
      purposes: { type: 'array', items: { type: 'string', enum: purposes }, minItems: 1, maxItems: 6 },
      lawfulBasis: { type: 'string', enum: ['consent', 'statutory-duty'] },
      checksADay: aDay,
      personsADay: aDay,
      setAt: { type: 'string', format: 'date-time' },
    }),
    shard: object({
      pk,
      schemaVersion: one,
      sk: pattern('^(CHECKS|PERSONS)#\\d{4}-\\d{2}-\\d{2}#\\d$'),
      type: constant('partner-usage'),
      used: count,
      expiresAt: count,
    }),
    check: object({
      pk,
      schemaVersion: one,
      sk: pattern('^CHECK#dc_[\\w-]{32}$'),
      type: constant('partner-check'),
      expiresAt: count,
    }),
    person: object({
      pk,
      schemaVersion: one,
      sk: pattern('^PERSON#\\d{4}-\\d{2}-\\d{2}#[\\w-]{43}$'),
      type: constant('partner-person'),
      expiresAt: count,
    }),
    notice: object({
      pk,
      schemaVersion: one,
      sk: pattern('^NOTICE#\\d{4}-\\d{2}-\\d{2}#(CHECKS|PERSONS)#\\d+$'),
      type: constant('partner-notice'),
      expiresAt: count,
    }),
  },
} as const;

/** The shape as JSON Schema, with what is described elsewhere in its place and without descriptions. */
function shape(schema: z.ZodMiniType): unknown {
  const {
    $schema: _,
    $defs = {},
    ...json
  } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  const plain = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(plain);
    if (typeof node !== 'object' || node === null) return node;
    const { $ref, id: __, description: ___, examples: ____, ...rest } = node as Record<string, unknown>;
    if (typeof $ref === 'string') return plain($defs[$ref.slice('#/$defs/'.length)]);
    return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, plain(value)]));
  };
  return plain(json);
}

describe('the items of a third party', () => {
  it.each([
    ['terms', termsItemSchema],
    ['shard', usageShardItemSchema],
    ['check', countedCheckItemSchema],
    ['person', personItemSchema],
    ['notice', noticeItemSchema],
  ] as const)('keep the shape that is pinned to their schema version: %s', (kind, schema) => {
    expect(shape(schema)).toEqual(pinned[partnerUsageItemsSchemaVersion][kind]);
  });
});
