import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { evaluationRequest } from '../../../shared/contract/evaluation/request.ts';
import { quickTest } from '../../../shared/http/quick-test.ts';
import { evaluationBodies } from '../../support/fuzz/evaluation-requests.ts';
import { mutated } from '../../support/fuzz/mutations.ts';

const summary = z.strictObject({
  months: z.optional(z.int().check(z.minimum(0), z.maximum(9))),
  note: z.optional(z.string()),
});
const history = z.strictObject({
  note: z.nullish(z.string().check(z.regex(/^[a-c]+$/))),
  events: z.array(z.enum(['in', 'out'])).check(z.minLength(1), z.maxLength(2)),
});
const known = {
  xor: z.xor([summary, history]),
  union: z.union([z.boolean(), z.nullable(z.number().check(z.lt(2), z.gt(-2)))]),
  object: summary,
  array: z.array(summary).check(z.maxLength(1)),
  required: z.strictObject({ decided: z.boolean() }),
};

const values = [
  ...[undefined, null, true, 'note', 'abc', [], {}],
  ...[0, -0, 1.5, 2, -2, 1.999, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53],
  ...[{ months: 0 }, { months: 9 }, { months: 10 }, { months: -1 }, { months: 1.5 }, { months: 2 ** 60 }],
  ...[{ months: '3' }, { months: null }, { months: undefined }, { months: 3, stranger: 1 }],
  ...[{ note: 'd' }, { note: '' }, { note: 7 }, [{ months: 3 }], [{}, {}], [null], [[]]],
  ...[{ events: [] }, { events: ['in'] }, { events: ['in', 'out'] }, { events: ['in', 'in', 'in'] }],
  ...[{ events: ['up'] }, { events: ['in'], note: null }, { events: ['in'], note: 'd' }, { events: 'in' }],
  ...[
    { events: ['in'], months: 3 },
    { events: ['in'], note: 'abc' },
    { decided: true },
    { decided: undefined },
  ],
  JSON.parse('{ "__proto__": { "months": 3 } }'),
  JSON.parse('{ "months": 3, "constructor": 1 }'),
];

/** The same value, its members in another order. */
function rearranged(value: unknown, by: number): unknown {
  if (Array.isArray(value)) return value.map((each) => rearranged(each, by));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, rearranged(member, by)] as const);
  const place = (name: string) => Math.imul(name.length * 31 + name.charCodeAt(0) + by, 0x9e3779b1);
  return Object.fromEntries(members.toSorted(([one], [other]) => place(one) - place(other)));
}

describe('a quick test', () => {
  it.each(Object.entries(known))(
    'lets through what a schema does, which leaves it as it is: %s',
    (_kind, schema) => {
      const test = quickTest(schema)!;
      for (const value of values) {
        const { success, data } = schema.safeParse(value);
        expect([value, test(value)]).toEqual([value, success]);
        if (success) expect(data).toEqual(value);
      }
    },
  );

  const test = quickTest(evaluationRequest)!;
  const agrees = (body: unknown) => {
    const { success, data } = evaluationRequest.safeParse(body);
    expect(test(body)).toBe(success);
    if (success) expect(data).toEqual(body);
  };
  const bodies = evaluationBodies(['housing.public-rental', 'legal.aid']);

  it('takes evaluations that the contract takes', () => {
    fc.assert(fc.property(bodies, agrees), { numRuns: 300 });
  });

  it('takes them whatever the order of their members, and in which they came before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(bodies, fc.integer()), { minLength: 1, maxLength: 5 }), (several) => {
        for (const [body, by] of several) agrees(rearranged(body, by));
      }),
    );
  });

  it('refuses evaluations that the contract refuses', () => {
    fc.assert(
      fc.property(mutated(bodies), (text) => {
        fc.pre(text !== '');
        agrees(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a transformation', z.pipe(z.string(), z.transform(Number))],
    ['a default', z._default(z.string(), 'none')],
    ['a trimmed string', z.string().check(z.trim())],
    ['an object that leaves strangers out', z.object({ a: z.string() })],
    ['an object that keeps strangers', z.looseObject({ a: z.string() })],
    ['a rule of its own', z.string().check(z.refine((text) => text.length % 2 === 0))],
    ['a rule about the whole', z.strictObject({}).check(z.refine(() => false))],
    ['a format of its own', z.email()],
    ['a pattern that remembers', z.string().check(z.regex(/a/g))],
    ['a coerced number', z.coerce.number()],
    ['a number of 32 bits', z.int32()],
    ['a part that is not known', z.strictObject({ a: z.array(z.optional(z.email())) })],
    ['an option that is not known', z.union([z.string(), z.email()])],
  ])('is not made where a schema asks for more: %s', (_what, schema) => {
    expect(quickTest(schema)).toBeNull();
  });
});
