import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  auditEntryItemSchema,
  auditItemsSchemaVersion,
  auditKeys,
  auditPlaceItemSchema,
  auditShards,
} from '../../../../shared/stores/dynamodb/audit-items.ts';
import { changeEntry } from '../../../support/audit-entries.ts';

const constant = (value: string) => ({ type: 'string', const: value });
const pattern = (expression: string) => ({ type: 'string', pattern: expression });
const oneOf = (...values: string[]) => ({ type: 'string', enum: values });
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const object = (properties: object) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).sort(),
  additionalProperties: false,
});

const one = { type: 'number', const: 1 };
const instant = { type: 'string', format: 'date-time' };
const name = pattern('^[a-z][a-z-]{0,31}$');
const keyText = { type: 'string', minLength: 1, maxLength: 1024 };
const place = {
  pk: pattern('^ENTRIES#\\d{4}-\\d\\d-\\d\\dT\\d\\dZ#\\d$'),
  sk: pattern('^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z#\\d{4}#ev_[\\w-]{22}$'),
};
const change = object({
  type: constant('change'),
  id: pattern('^ev_[\\w-]{22}$'),
  occurredAt: instant,
  table: name,
  kind: name,
  action: oneOf('inserted', 'modified', 'removed'),
  by: oneOf('request', 'expiry'),
  key: orNull(object({ pk: keyText, sk: keyText })),
  itemSchemaVersion: orNull({ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  sequenceNumber: pattern('^\\d{1,40}$'),
});

const subject = { type: 'string', minLength: 1, maxLength: 256 };
const access = object({
  type: constant('access'),
  id: pattern('^ev_[\\w-]{22}$'),
  occurredAt: instant,
  operation: pattern('^[a-z][A-Za-z]{0,63}$'),
  by: {
    oneOf: [
      object({ kind: constant('resident') }),
      object({ kind: constant('clerk'), subject, district: subject, post: subject }),
      object({ kind: constant('partner'), partner: subject, key: subject }),
    ],
  },
  residentId: orNull(pattern('^rs_[A-Za-z0-9_-]{22}$')),
  purpose: orNull(name),
  caseNumber: orNull(subject),
  outsideDistrict: orNull(name),
  services: orNull({ type: 'array', items: pattern('^[a-z0-9][a-z0-9.+-]{0,63}$') }),
  decisionId: orNull(pattern('^dc_[\\w-]{32}$')),
  disclosed: { type: 'boolean' },
});

/**
 * The shapes of version 1. Items of this shape are stored and stay, and chains of hashes are made over them: whoever
 * changes a schema so that this test fails raises `auditItemsSchemaVersion`, pins the new shape here, and lets the
 * readers read both.
 */
const pinned = {
  1: {
    entry: object({
      ...place,
      type: constant('audit-entry'),
      schemaVersion: one,
      recordedAt: instant,
      entry: { oneOf: [change, access] },
    }),
    place: object({
      pk: pattern('^(?:ENTRY#ev_[\\w-]{22}|ACCESSES#rs_[\\w-]{22})$'),
      sk: pattern('^(?:ENTRY|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z#ev_[\\w-]{22})$'),
      type: constant('audit-place'),
      schemaVersion: one,
      place: object(place),
    }),
  },
} as const;

/** The shape as JSON Schema, without the patterns zod adds to formats and the order of members. */
function shape(schema: z.ZodMiniType) {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      jsonSchema.required?.sort();
    },
  });
  return json;
}

describe('the items of the audit table', () => {
  it.each([
    ['entry', auditEntryItemSchema],
    ['place', auditPlaceItemSchema],
  ] as const)('keep the shape that is pinned to their schema version: %s', (kind, schema) => {
    expect(shape(schema)).toEqual(pinned[auditItemsSchemaVersion][kind]);
  });

  it('have no room for anything beside what an entry says', () => {
    const item = {
      ...auditKeys.entry('2024-06-01T00:00:00.000Z', 0, changeEntry(1).id),
      type: 'audit-entry',
      schemaVersion: 1,
      recordedAt: '2024-06-01T00:00:00.000Z',
      entry: changeEntry(1),
    };
    expect(auditEntryItemSchema.safeParse(item).success).toBe(true);
    expect(auditEntryItemSchema.safeParse({ ...item, name: 'canary' }).success).toBe(false);
    const wider = { ...item, entry: { ...item.entry, newImage: {} } };
    expect(auditEntryItemSchema.safeParse(wider).success).toBe(false);
  });

  it('are spread evenly over the shards of an hour', () => {
    const counts = Array.from({ length: auditShards }, () => 0);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = `ev_${Buffer.from(bytes).toString('base64url')}`;
        const { pk } = auditKeys.entry('2024-06-01T08:15:00.000Z', 0, id);
        const shard = Number(/^ENTRIES#2024-06-01T08Z#(\d)$/.exec(pk)?.[1]);
        counts[shard] = (counts[shard] ?? Number.NaN) + 1;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(...counts)).toBeGreaterThan(2_000 / auditShards / 2);
  });
});
