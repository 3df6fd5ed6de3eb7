import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { breakingChanges, type OpenApi } from '../support/contract/breaking-changes.ts';
import type { Schema } from '../support/contract/schema-changes.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string) => JSON.parse(readFileSync(new URL(file, root), 'utf8'));
const released = readdirSync(new URL('test/contract/released/', root));

describe('openapi.json', () => {
  it('breaks no client of the last release', () => {
    // One file: the one before is replaced by a release, and git keeps it.
    expect(released).toEqual([`openapi-${packageJson.version}.json`]);
    const before = read(`test/contract/released/${released[0]}`);
    expect(before.info.version).toBe(packageJson.version);
    expect(Object.keys(before.paths).length).toBeGreaterThan(5);
    expect(breakingChanges(before, read('openapi.json'))).toEqual([]);
  });
});

interface Parts {
  readonly request?: Schema;
  readonly response?: Schema;
  readonly operation?: object;
  readonly components?: object;
}

/** A document with one operation. */
function documentOf({ request, response, operation, components }: Parts = {}): OpenApi {
  return {
    paths: {
      '/v1/things': {
        post: {
          operationId: 'createThing',
          ...(request && {
            requestBody: { required: true, content: { 'application/json': { schema: request } } },
          }),
          responses: {
            200: { headers: { ETag: {} }, content: { 'application/json': { schema: response ?? {} } } },
            404: { content: { 'application/problem+json': { schema: {} } } },
          },
          security: [],
          ...operation,
        },
      },
    },
    components: { schemas: components ?? {} },
  } as OpenApi;
}

const object = (properties: Record<string, Schema>, required: string[] = [], rest: Schema = {}): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...rest,
});
const text: Schema = { type: 'string' };
const tree: Schema = object({ below: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } });

type Pair = readonly [what: string, before: Schema, after: Schema];

/** What breaks when it happens to a request, and is good in a response. */
const narrowed: readonly Pair[] = [
  ['a member that is demanded', object({ a: text }), object({ a: text }, ['a'])],
  ['a value less', { enum: ['a', 'b'] }, { enum: ['a'] }],
  ['values in place of any text', text, { type: 'string', enum: ['a'] }],
  ['one value in place of two', { enum: ['a', 'b'] }, { const: 'a' }],
  ['null no more', { type: ['string', 'null'] }, text],
  ['whole numbers in place of any', { type: 'number' }, { type: 'integer' }],
  ['a type in place of any', {}, text],
  ['an alternative less', { anyOf: [text, { type: 'null' }] }, { anyOf: [text] }],
  ['an alternative less, and no choice left', { oneOf: [text, { type: 'null' }] }, text],
  ['a higher minimum', { type: 'integer', minimum: 0 }, { type: 'integer', minimum: 1 }],
  ['a maximum where there was none', { type: 'integer' }, { type: 'integer', maximum: 9 }],
  ['a shorter text', { type: 'string', maxLength: 9 }, { type: 'string', maxLength: 8 }],
  [
    'a shorter array',
    { type: 'array', items: text, maxItems: 9 },
    { type: 'array', items: text, maxItems: 8 },
  ],
  ['a pattern where there was none', text, { type: 'string', pattern: '^a$' }],
  [
    'something deep inside',
    object({ a: { type: 'array', items: { enum: [1, 2] } } }),
    object({ a: { type: 'array', items: { enum: [1] } } }),
  ],
  [
    'the values of a record',
    { type: 'object', additionalProperties: {} },
    { type: 'object', additionalProperties: text },
  ],
  ['the names of a record', { type: 'object', propertyNames: {} }, { type: 'object', propertyNames: text }],
];

describe('a request', () => {
  it.each(narrowed)('may not be narrowed by %s', (_, before, after) => {
    expect(breakingChanges(documentOf({ request: before }), documentOf({ request: after }))).toHaveLength(1);
  });

  it.each(narrowed)('may be widened by the reverse of %s', (_, after, before) => {
    expect(breakingChanges(documentOf({ request: before }), documentOf({ request: after }))).toEqual([]);
  });

  it.each<Pair>([
    ['lose a member that is refused from then on', object({ a: text }), object({})],
    ['demand a new member', object({}), object({ b: text }, ['b'])],
    ['close what was open', object({}, [], { additionalProperties: true }), object({})],
    ['change a pattern', { type: 'string', pattern: '^a' }, { type: 'string', pattern: '^b' }],
  ])('may not %s', (_, before, after) => {
    expect(breakingChanges(documentOf({ request: before }), documentOf({ request: after }))).toHaveLength(1);
  });

  it('may lose a member that is ignored from then on', () => {
    const after = object({}, [], { additionalProperties: true });
    expect(
      breakingChanges(documentOf({ request: object({ a: text }) }), documentOf({ request: after })),
    ).toEqual([]);
  });
});

describe('a response', () => {
  // A member that is always there from now on is no harm, and what a caller need not send any more is none either.
  it.each(narrowed)('may not be widened by the reverse of %s', (what, after, before) => {
    const breaks = breakingChanges(documentOf({ response: before }), documentOf({ response: after }));
    expect([what, breaks.length]).toEqual([what, 1]);
  });

  it.each(narrowed)('may be narrowed by %s', (_, before, after) => {
    expect(breakingChanges(documentOf({ response: before }), documentOf({ response: after }))).toEqual([]);
  });

  it('may not lose a member, whether others are refused or not', () => {
    for (const additionalProperties of [true, false]) {
      const before = object({ a: text }, [], { additionalProperties });
      const after = object({}, [], { additionalProperties });
      expect(breakingChanges(documentOf({ response: before }), documentOf({ response: after }))).toEqual([
        'POST /v1/things 200/a: is gone',
      ]);
    }
  });

  it('may get values where callers were told that it may, and only there', () => {
    const [before, after] = [{ enum: ['a'] }, { enum: ['a', 'b'] }];
    const told = { ...before, 'x-extensible-enum': true };
    expect(breakingChanges(documentOf({ response: told }), documentOf({ response: after }))).toEqual([]);
    const untold = breakingChanges(
      documentOf({ response: before }),
      documentOf({ response: { ...after, 'x-extensible-enum': true } }),
    );
    expect(untold).toEqual(['POST /v1/things 200: the value "b" is new']);
    // What a request takes is no set of values to expect.
    expect(
      breakingChanges(
        documentOf({ request: { ...after, 'x-extensible-enum': true } }),
        documentOf({ request: before }),
      ),
    ).toHaveLength(1);
  });

  it('may get members, words and examples', () => {
    const after = object({ a: { ...text, description: 'A.', examples: ['a'] }, b: text }, ['b']);
    expect(
      breakingChanges(documentOf({ response: object({ a: text }) }), documentOf({ response: after })),
    ).toEqual([]);
  });
});

describe('an operation', () => {
  const query = (name: string, schema: Schema, required = false) => ({ in: 'query', name, schema, required });
  const change = (before: object, after: object) =>
    breakingChanges(documentOf({ operation: before }), documentOf({ operation: after }));

  it.each<[string, object, object]>([
    ['its name', {}, { operationId: 'makeThing' }],
    [
      'one of its statuses',
      {},
      { responses: { 200: documentOf().paths['/v1/things']!.post!.responses['200'] } },
    ],
    [
      'a header',
      {},
      {
        responses: {
          ...documentOf().paths['/v1/things']!.post!.responses,
          200: { content: { 'application/json': {} } },
        },
      },
    ],
    [
      'a media type',
      {},
      {
        responses: {
          ...documentOf().paths['/v1/things']!.post!.responses,
          404: { content: { 'application/json': {} } },
        },
      },
    ],
    ['that it needs no credential', { security: [] }, { security: [{ bearer: [] }] }],
    [
      'one of its credentials',
      { security: [{ bearer: [] }, { apiKey: [] }] },
      { security: [{ apiKey: [] }] },
    ],
    ['a parameter', { parameters: [query('a', text)] }, { parameters: [] }],
    [
      'that a parameter may be left out',
      { parameters: [query('a', text)] },
      { parameters: [query('a', text, true)] },
    ],
    [
      'values of a parameter',
      { parameters: [query('a', { enum: [1, 2] })] },
      { parameters: [query('a', { enum: [1] })] },
    ],
    ['that it needs no body', {}, { requestBody: { required: true, content: {} } }],
    ['its body', { requestBody: { content: {} } }, {}],
  ])('may not lose %s', (_, before, after) => {
    expect(change(before, after)).toHaveLength(1);
  });

  it('may not go, nor its path', () => {
    const before = documentOf();
    expect(breakingChanges(before, { paths: {} })).toEqual(['POST /v1/things: is gone']);
    const moved = { paths: { '/v1/things': { put: before.paths['/v1/things']!.post! } } };
    expect(breakingChanges(before, moved)).toEqual(['POST /v1/things: is gone']);
  });

  it('may get parameters, statuses and neighbours', () => {
    const { responses } = documentOf().paths['/v1/things']!.post!;
    expect(change({}, { parameters: [query('a', text)], responses: { ...responses, 409: {} } })).toEqual([]);
    const neighbours = { ...documentOf().paths, '/v1/others': documentOf().paths['/v1/things']! };
    expect(breakingChanges(documentOf(), { paths: neighbours })).toEqual([]);
  });
});

describe('schemas that are named', () => {
  const of = (Tree: Schema, response: Schema = { $ref: '#/components/schemas/Tree' }) =>
    documentOf({ response, components: { Tree } });

  it('are followed, also into themselves', () => {
    expect(breakingChanges(of(tree), of(tree))).toEqual([]);
    expect(breakingChanges(of(tree), of(object({})))).toEqual(['POST /v1/things 200/below: is gone']);
    const deeper = object({ below: { type: 'array', items: object({}) } });
    expect(breakingChanges(of(tree), of(deeper))).toEqual(['POST /v1/things 200/below/items/below: is gone']);
  });

  it('are read together with what stands beside the name', () => {
    const beside = { $ref: '#/components/schemas/Tree', type: ['object', 'null'] } as const;
    expect(breakingChanges(of(tree), of(tree, beside))).toEqual([
      'POST /v1/things 200: the type null is new',
    ]);
  });
});

it('compares no schema by a keyword that it does not know', () => {
  const unknown = { type: 'array', uniqueItems: true };
  expect(() => breakingChanges(documentOf({ request: text }), documentOf({ request: unknown }))).toThrow(
    'cannot compare uniqueItems',
  );
});
