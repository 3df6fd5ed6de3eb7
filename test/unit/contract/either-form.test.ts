import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { eitherForm } from '../../../shared/contract/resident/either-form.ts';

const summary = z.strictObject({
  months: z.optional(z.int().check(z.minimum(0))),
  note: z.optional(z.string()),
});
const history = z.strictObject({
  note: z.optional(z.string()),
  events: z.array(z.string()).check(z.maxLength(2)),
});
const fast = eitherForm(summary, history, 'events');
const both = z.xor([summary, history]);

describe('a summary or a history', () => {
  it.each([
    [{}],
    [{ months: 3 }],
    [{ events: [] }],
    [{ events: ['a', 'b'], note: 'c' }],
    [{ months: 3, events: [] }],
    [{ months: -1 }],
    [{ events: ['a', 'b', 'c'] }],
    [{ events: [1] }],
    [{ events: null }],
    [{ events: undefined }],
    [{ stranger: 1 }],
    [{ stranger: 1, events: [] }],
    [Object.create({ events: [] })],
    [[]],
    [null],
    [7],
    ['events'],
    [undefined],
  ])('is taken or refused as if both were tried, with the same issues: %j', (value) => {
    const [expected, found] = [both.safeParse(value), fast.safeParse(value)];
    expect(found.data).toEqual(expected.data);
    expect(found.error?.issues).toEqual(expected.error?.issues);
  });

  it('is described as a choice of both', () => {
    expect(z.toJSONSchema(fast)).toEqual(z.toJSONSchema(both));
  });
});
