import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  auditAnchorItemSchema,
  auditAnchorItemsSchemaVersion,
  auditAnchorKey,
  chainedItemSchema,
} from '../../../../shared/stores/dynamodb/audit-anchor-items.ts';
import { storedEntry } from '../../../support/audit-anchoring/stored-entry.ts';

const constant = (value: string) => ({ type: 'string', const: value });
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const instant = { type: 'string', format: 'date-time' };

/**
 * The shape of version 1: whoever changes the schema so that this test fails raises `auditAnchorItemsSchemaVersion`, pins
 * the new shape here, and lets the reader read both.
 */
const pinned = {
  1: {
    pk: constant('ANCHOR'),
    sk: constant('ANCHOR'),
    type: constant('audit-anchor'),
    schemaVersion: { type: 'number', const: 1 },
    beganAt: instant,
    sequence: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    until: orNull(instant),
    anchoredAt: orNull(instant),
    digest: orNull({ type: 'string', pattern: '^sha256:[0-9a-f]{64}$' }),
  },
} as const;

describe('the item that says how far the audit is anchored', () => {
  it('has the shape of its version', () => {
    const { properties, required, additionalProperties } = z.toJSONSchema(auditAnchorItemSchema, {
      override: ({ jsonSchema }) => {
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      },
    });
    expect(properties).toEqual(pinned[auditAnchorItemsSchemaVersion]);
    expect(required?.sort()).toEqual(Object.keys(pinned[auditAnchorItemsSchemaVersion]).sort());
    expect(additionalProperties).toBe(false);
    expect(auditAnchorKey).toEqual({ pk: 'ANCHOR', sk: 'ANCHOR' });
  });
});

describe('an item that is chained', () => {
  const item = storedEntry(1, '2024-06-01T08:00:00.000Z');
  const entry = item.entry as object;

  it('is any entry, also of a type and a version to come', () => {
    expect(chainedItemSchema.parse(item)).toEqual(item);
    const later = {
      ...item,
      schemaVersion: 2,
      entry: { ...entry, type: 'access', more: { deep: [1, null] } },
    };
    expect(chainedItemSchema.parse(later)).toEqual(later);
  });

  it.each<[string, object]>([
    ['another type of item', { ...item, type: 'audit-place' }],
    ['something beside the entry', { ...item, more: 1 }],
    ['a place that is none', { ...item, sk: 'ENTRY' }],
    ['an entry without an id', { ...item, entry: { type: 'change' } }],
    ['bytes, which have no canonical text', { ...item, entry: { ...entry, more: new Uint8Array(1) } }],
    ['a set, which has none either', { ...item, entry: { ...entry, more: new Set(['a']) } }],
  ])('is not %s', (_, other) => {
    expect(chainedItemSchema.safeParse(other).success).toBe(false);
  });
});
