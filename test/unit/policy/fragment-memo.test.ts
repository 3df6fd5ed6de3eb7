import { describe, expect, it } from 'vitest';
import { FragmentMemo } from '../../../shared/domain/policy/render/fragment-memo.ts';

const textOf = (key: number) => `text of ${key}`;

describe('a memo of fragments', () => {
  it('holds no more of them than it has room for, however many keys come', () => {
    const memo = new FragmentMemo();
    const keys = [...Array(100_000).keys()];
    for (const key of keys) memo.keep(key, textOf(key));
    const held = keys.filter((key) => memo.find(key) !== null);
    expect(held.length).toBeLessThanOrEqual(FragmentMemo.ROOM);
    expect(held.length).toBeGreaterThan(FragmentMemo.ROOM / 2);
  });

  it('gives under a key what was kept under that key, or nothing', () => {
    const memo = new FragmentMemo();
    for (const key of [0, 1, 5, 2 ** 31 - 1, 77, 1, 0, ...Array(500).keys()]) {
      memo.keep(key, textOf(key));
      expect([null, textOf(key)]).toContain(memo.find(key));
    }
  });

  it('keeps what came first', () => {
    const memo = new FragmentMemo();
    memo.keep(7, 'first');
    for (let key = 8; key < 5_000; key++) memo.keep(key, 'later');
    memo.keep(7, 'again');
    expect(memo.find(7)).toBe('first');
  });
});
