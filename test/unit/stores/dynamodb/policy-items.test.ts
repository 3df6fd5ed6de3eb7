import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  policyDigestItemSchema,
  policyItemsSchemaVersion,
  policyPointerItemSchema,
  policyVersionItemSchema,
} from '../../../../shared/stores/dynamodb/policy-items.ts';

const digest = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' };
const name = { type: 'string', minLength: 1, maxLength: 64 };
const date = { type: 'string', format: 'date' };
const instant = { type: 'string', format: 'date-time' };
const one = { type: 'number', const: 1 };
const constant = (value: string) => ({ type: 'string', const: value });
const prefixed = (prefix: string) => ({ type: 'string', pattern: `^${prefix}` });
const object = (properties: object) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const summary = {
  version: name,
  digest,
  effective: object({ from: date, until: { anyOf: [date, { type: 'null' }] } }),
  publishedAt: instant,
};

/**
 * The shapes of version 1. Items of this shape are stored and stay: whoever changes a schema so that this test fails
 * raises `policyItemsSchemaVersion`, pins the new shape here, and lets the readers read both.
 */
const pinned = {
  1: {
    version: object({
      pk: prefixed('POLICY#'),
      sk: prefixed('VERSION#'),
      type: constant('policy-version'),
      schemaVersion: one,
      policy: name,
      ...summary,
      packEncoding: constant('json+br'),
      pack: {},
    }),
    digest: object({
      pk: prefixed('DIGEST#'),
      sk: constant('DIGEST'),
      type: constant('policy-digest'),
      schemaVersion: one,
      policy: name,
      version: name,
      digest,
    }),
    pointer: object({
      pk: constant('POINTER'),
      sk: prefixed('POLICY#'),
      type: constant('policy-pointer'),
      schemaVersion: one,
      policy: name,
      revision: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
      versions: { type: 'array', minItems: 1, items: object(summary) },
    }),
  },
} as const;

/** The shape as JSON Schema, without the patterns zod adds to formats and the order of members. */
function shape(schema: z.ZodMiniType) {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      jsonSchema.required?.sort();
    },
  });
  return json;
}

function sorted<Shape>(value: Shape): Shape {
  return JSON.parse(JSON.stringify(value), (key, member) => (key === 'required' ? member.sort() : member));
}

describe('the items of the policies table', () => {
  it.each([
    ['version', policyVersionItemSchema],
    ['digest', policyDigestItemSchema],
    ['pointer', policyPointerItemSchema],
  ] as const)('keep the shape that is pinned to their schema version: %s', (kind, schema) => {
    expect(shape(schema)).toEqual(sorted(pinned[policyItemsSchemaVersion][kind]));
  });

  it('hold the pack as bytes', () => {
    const pack = policyVersionItemSchema.shape.pack;
    expect(pack.safeParse(new Uint8Array(1)).success).toBe(true);
    expect(pack.safeParse('{}').success).toBe(false);
  });
});
