import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  attributesInClear,
  decisionItemSchema,
  decisionItemsSchemaVersion,
} from '../../../../shared/stores/dynamodb/decision-items.ts';

/**
 * The shape of version 1. Items of this shape are stored for three years: whoever changes the schema so that this test
 * fails raises `decisionItemsSchemaVersion`, pins the new shape here, and lets the reader read both.
 */
const pinned = {
  1: {
    type: 'object',
    properties: {
      pk: { type: 'string', pattern: '^DECISION#dc_[\\w-]{32}$' },
      sk: { type: 'string', const: 'DECISION' },
      type: { type: 'string', const: 'decision' },
      schemaVersion: { type: 'number', const: 1 },
      madeAt: { type: 'string', format: 'date-time' },
      engine: { type: 'string', minLength: 1, maxLength: 32 },
      policyDigest: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
      residentId: { type: 'string', pattern: '^rs_[\\w-]{22}$' },
      dataKey: {},
      contentEncoding: { type: 'string', const: 'json+br+aes-gcm' },
      content: {},
      expiresAt: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    },
    required: [
      'content',
      'contentEncoding',
      'engine',
      'expiresAt',
      'madeAt',
      'pk',
      'policyDigest',
      'schemaVersion',
      'sk',
      'type',
    ],
    additionalProperties: false,
  },
} as const;

const item = {
  pk: `DECISION#dc_${'a'.repeat(32)}`,
  sk: 'DECISION',
  type: 'decision',
  schemaVersion: 1,
  madeAt: '2024-06-01T04:00:00.000Z',
  engine: '1.0.0',
  policyDigest: `sha256:${'0'.repeat(64)}`,
  residentId: `rs_${'b'.repeat(22)}`,
  contentEncoding: 'json+br+aes-gcm',
  content: new Uint8Array([1]),
  expiresAt: 1,
};

describe('the items of the decisions table', () => {
  it('keep the shape that is pinned to their schema version', () => {
    const { $schema: _, ...shape } = z.toJSONSchema(decisionItemSchema, {
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
        jsonSchema.required?.sort();
      },
    });
    expect(shape).toEqual(pinned[decisionItemsSchemaVersion]);
  });

  it('are sealed under one key: the resident’s, or one of their own', () => {
    const { residentId: _, ...nobody } = item;
    const dataKey = new Uint8Array([2]);
    expect(decisionItemSchema.safeParse(item).success).toBe(true);
    expect(decisionItemSchema.safeParse({ ...nobody, dataKey }).success).toBe(true);
    expect(decisionItemSchema.safeParse(nobody).success).toBe(false);
    expect(decisionItemSchema.safeParse({ ...item, dataKey }).success).toBe(false);
  });

  it('bind their content to everything that stands in clear', () => {
    const { content: _, ...clear } = item;
    expect(attributesInClear(decisionItemSchema.parse(item))).toEqual(clear);
  });
});
