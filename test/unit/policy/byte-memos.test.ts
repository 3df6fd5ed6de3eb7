import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteMemos } from '../../../shared/domain/policy/byte-memos.ts';

/** Things whose places overlap, one with a single place, one with none. */
const PLACES = [[4, 1, 2], [2], [1, 4], []];
const bytes = fc.uint8Array({ minLength: 5, maxLength: 5, max: 6 });
const question = fc.record({ thing: fc.nat({ max: PLACES.length - 1 }), bytes });
const spelled = (thing: number, all: Uint8Array) =>
  `${thing}: ${PLACES[thing]!.map((place) => all[place]).join()}`;

describe('memos by bytes', () => {
  it('give what was kept of a thing for the bytes at its places, or nothing', () => {
    fc.assert(
      fc.property(fc.array(question, { maxLength: 80 }), (questions) => {
        const memos = new ByteMemos<string>(PLACES, 64);
        const kept = new Set<string>();
        for (const { thing, bytes: all } of questions) {
          const expected = spelled(thing, all);
          expect(memos.find(thing, all)).toBe(kept.has(expected) ? expected : null);
          if (!kept.has(expected)) memos.keep(thing, all, expected);
          kept.add(expected);
        }
      }),
    );
  });

  it.each([1, 2, 100])('hold the first %i of each thing, however many come', (room) => {
    const memos = new ByteMemos<number>(PLACES, room);
    const all = Array.from({ length: 343 }, (_, index) =>
      Uint8Array.of(0, index % 7, Math.floor(index / 7) % 7, 0, Math.floor(index / 49)),
    );
    for (const [index, each] of all.entries()) memos.keep(0, each, index);
    expect(all.map((each) => memos.find(0, each)).filter((value) => value !== null)).toEqual([
      ...Array(room).keys(),
    ]);
    expect(memos.find(1, all[0]!)).toBeNull();
    memos.keep(1, all[0]!, 7);
    expect([memos.find(0, all[0]!), memos.find(1, all[0]!)]).toEqual([0, 7]);
  });

  it('keep nothing where a byte does not tell all, and find nothing', () => {
    const memos = new ByteMemos<string>(PLACES, 8, 6);
    const [told, untold] = [Uint8Array.of(6, 1, 2, 6, 3), Uint8Array.of(0, 6, 2, 0, 3)];
    for (const each of [told, untold]) memos.keep(0, each, 'first');
    memos.keep(1, untold, 'second');
    expect([memos.find(0, told), memos.find(0, untold), memos.find(1, untold)]).toEqual([
      'first',
      null,
      'second',
    ]);
  });

  it('are of more than 256 things, and of none', () => {
    const memos = new ByteMemos<number>(
      Array.from({ length: 600 }, () => [0]),
      2,
    );
    for (let thing = 0; thing < 600; thing++) memos.keep(thing, Uint8Array.of(3), thing);
    expect([0, 255, 256, 511, 599].map((thing) => memos.find(thing, Uint8Array.of(3)))).toEqual([
      0, 255, 256, 511, 599,
    ]);
    expect(() => new ByteMemos([], 8)).not.toThrow();
  });
});
