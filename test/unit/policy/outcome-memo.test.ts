import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutcomeMemo } from '../../../shared/domain/policy/outcome-memo.ts';

const NODES = [4, 1, 2];
const outcomes = fc.uint8Array({ minLength: 5, maxLength: 5, max: 6 });
const spelled = (bytes: Uint8Array) => NODES.map((node) => bytes[node]).join();

describe('a memo by outcomes', () => {
  it('gives what was kept first for the outcomes of its nodes, or nothing', () => {
    fc.assert(
      fc.property(fc.array(outcomes, { maxLength: 60 }), (all) => {
        const memo = new OutcomeMemo<string>(NODES, 64);
        const kept = new Set<string>();
        for (const bytes of all) {
          const expected = spelled(bytes);
          expect(memo.find(bytes)).toBe(kept.has(expected) ? expected : null);
          if (!kept.has(expected)) memo.keep(bytes, expected);
          kept.add(expected);
        }
      }),
    );
  });

  it('holds no more than it has room for, however many come', () => {
    const memo = new OutcomeMemo<number>(NODES, 100);
    const all = Array.from({ length: 343 }, (_, index) =>
      Uint8Array.of(0, index % 7, Math.floor(index / 7) % 7, 0, Math.floor(index / 49)),
    );
    for (const [index, bytes] of all.entries()) memo.keep(bytes, index);
    expect(all.filter((bytes) => memo.find(bytes) !== null)).toHaveLength(100);
    expect(memo.find(all[7]!)).toBe(7);
  });

  it('is of one node too', () => {
    const memo = new OutcomeMemo<string>([0], 8);
    memo.keep(Uint8Array.of(3), 'three');
    expect([memo.find(Uint8Array.of(3)), memo.find(Uint8Array.of(2))]).toEqual(['three', null]);
  });
});
