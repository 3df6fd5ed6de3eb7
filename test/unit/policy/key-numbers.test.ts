import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyNumbers, NO_NUMBER } from '../../../shared/domain/policy/render/key-numbers.ts';

const key = fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 2 ** 31 - 1 }));

describe('numbers for keys', () => {
  it('are counted from 0 in the order in which keys come, and stay', () => {
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const numbers = new KeyNumbers(64);
        const inOrder = [...new Set(keys)];
        for (const each of keys) {
          const place = inOrder.indexOf(each);
          expect(numbers.of(each)).toBe(place < 64 ? place : NO_NUMBER);
        }
      }),
    );
  });

  it.each([1, 2, 128, 512])('are given to as many keys as there is room for: %i', (room) => {
    const numbers = new KeyNumbers(room);
    const given = Array.from({ length: 3 * room }, (_, index) => numbers.of(index * 7));
    expect(given.filter((number) => number !== NO_NUMBER)).toEqual([...Array(room).keys()]);
    expect(numbers.of(0)).toBe(0);
  });
});
