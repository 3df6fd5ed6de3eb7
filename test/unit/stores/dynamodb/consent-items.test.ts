import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  consentContentSchema,
  consentItemSchema,
  consentItemsSchemaVersion,
} from '../../../../shared/stores/dynamodb/consent-items.ts';

const pattern = (source: string) => ({ type: 'string', pattern: source });
const object = (properties: object) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/**
 * The shapes of version 1. Items of this shape are stored for four years: whoever changes a schema so that this test fails
 * raises `consentItemsSchemaVersion`, pins the new shape here, and lets the reader read both.
 */
const pinned = {
  1: {
    item: object({
      pk: pattern('^RESIDENT#rs_[\\w-]{22}$'),
      sk: pattern('^CONSENT#cn_[\\w-]{32}$'),
      type: { type: 'string', const: 'consent' },
      schemaVersion: { type: 'number', const: 1 },
      withdrawnAt: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
      contentEncoding: { type: 'string', const: 'json+aes-gcm' },
      content: {},
      expiresAt: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    }),
    content: ['fingerprint', 'givenAt', 'partner', 'purpose', 'services', 'until'],
  },
} as const;

describe('the items of consents', () => {
  it('keep the shape that is pinned to their schema version', () => {
    const { $schema: _, ...json } = z.toJSONSchema(consentItemSchema, {
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      },
    });
    expect(json).toEqual(pinned[consentItemsSchemaVersion].item);
    expect(Object.keys(consentContentSchema.shape).sort()).toEqual(pinned[consentItemsSchemaVersion].content);
  });
});
