import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  currentIndexKeyItemSchema,
  indexKeyItemSchema,
  indexKeyItemsSchemaVersion,
} from '../../../../shared/stores/dynamodb/index-key-items.ts';
import {
  erasedResidentItemSchema,
  erasingResidentItemSchema,
  registerEventItemSchema,
  residentItemsSchemaVersion,
  residentKeyItemSchema,
  residentPartItemSchema,
  residentRecordItemSchema,
} from '../../../../shared/stores/dynamodb/resident-items.ts';

const text = (pattern: string) => ({ type: 'string', pattern });
const constant = (value: string) => ({ type: 'string', const: value });
const number = (minimum: number, maximum = Number.MAX_SAFE_INTEGER) => ({
  type: 'integer',
  minimum,
  maximum,
});
const bytes = {};
const id = text('^rs_[A-Za-z0-9_-]{22}$');
const instant = { type: 'string', format: 'date-time' };
const object = (properties: object) => ({
  type: 'object',
  properties: { ...properties, schemaVersion: { type: 'number', const: 1 } },
  required: [...Object.keys(properties), 'schemaVersion'].sort(),
  additionalProperties: false,
});

/**
 * The shapes of version 1. Items of this shape are stored: whoever changes a schema so that this test fails raises the
 * schema version, pins the new shape here, and lets the readers read both.
 */
const pinned = {
  1: {
    record: object({
      pk: text('^INDEX#v[1-9]\\d*\\.[A-Za-z0-9_-]{43}$'),
      sk: constant('RECORD'),
      type: constant('resident-record'),
      version: number(1),
      residentId: id,
      dataKey: bytes,
      payload: bytes,
      parts: number(0, 30),
    }),
    part: object({
      pk: text('^RESIDENT#rs_'),
      sk: text('^PART#[1-9]\\d*$'),
      type: constant('resident-part'),
      version: number(1),
      payload: bytes,
    }),
    event: object({
      pk: text('^RESIDENT#rs_'),
      sk: text('^EVENT#[a-z0-9-]+#[A-Za-z0-9._:-]+$'),
      type: constant('register-event'),
      payload: bytes,
    }),
    key: object({
      pk: text('^KEY#rs_'),
      sk: constant('KEY'),
      type: constant('resident-key'),
      dataKey: bytes,
      index: text('^v[1-9]\\d*\\.[A-Za-z0-9_-]{43}$'),
    }),
    erased: object({ pk: constant('ERASED'), sk: id, type: constant('erased-resident') }),
    erasing: object({ pk: constant('ERASING'), sk: id, type: constant('erasing-resident') }),
    indexKey: object({
      pk: constant('INDEX-KEY'),
      sk: text('^v[1-9]\\d*$'),
      type: constant('index-key'),
      wrapped: bytes,
      since: instant,
    }),
    currentIndexKey: object({
      pk: constant('INDEX-KEY'),
      sk: constant('CURRENT'),
      type: constant('current-index-key'),
      version: text('^v[1-9]\\d*$'),
      since: instant,
    }),
  },
} as const;

function shape(schema: z.ZodMiniType): unknown {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // The pattern zod writes beside a format is zod's own matter.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      jsonSchema.required?.sort();
    },
  });
  return json;
}

describe('the items of the residents table', () => {
  it.each([
    ['record', residentRecordItemSchema],
    ['part', residentPartItemSchema],
    ['event', registerEventItemSchema],
    ['key', residentKeyItemSchema],
    ['erased', erasedResidentItemSchema],
    ['erasing', erasingResidentItemSchema],
  ] as const)('keep the shape that is pinned to their schema version: %s', (kind, schema) => {
    expect(shape(schema)).toEqual(pinned[residentItemsSchemaVersion][kind]);
  });

  it.each([
    ['indexKey', indexKeyItemSchema],
    ['currentIndexKey', currentIndexKeyItemSchema],
  ] as const)('keep the shape that is pinned to their schema version: %s', (kind, schema) => {
    expect(shape(schema)).toEqual(pinned[indexKeyItemsSchemaVersion][kind]);
  });

  it('hold what is sealed and wrapped as bytes', () => {
    for (const schema of [residentRecordItemSchema.shape.payload, residentKeyItemSchema.shape.dataKey]) {
      expect(schema.safeParse(new Uint8Array(1)).success).toBe(true);
      expect(schema.safeParse('{}').success).toBe(false);
    }
  });
});
