import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byStart, inOrder } from '../../../shared/domain/calendar/in-order.ts';

/** Few that are equal, and more of them than are sorted by insertion. */
const numbers = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 50, size: 'max' });

describe('in order', () => {
  it('are days, the first one first, and those given stay as they were', () => {
    fc.assert(
      fc.property(numbers, (given) => {
        const before = [...given];
        expect(inOrder(given)).toEqual([...given].sort((a, b) => a - b));
        expect(given).toEqual(before);
      }),
    );
  });

  it('are spans by where they begin, those that begin together as they came', () => {
    fc.assert(
      fc.property(numbers, (starts) => {
        const spans = starts.map((from, came) => ({ from, came }));
        expect(byStart(spans)).toEqual([...spans].sort((a, b) => a.from - b.from || a.came - b.came));
        expect(spans.map(({ came }) => came)).toEqual([...spans.keys()]);
      }),
    );
  });
});
