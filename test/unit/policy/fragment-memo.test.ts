import { describe, expect, it } from 'vitest';
import { FragmentMemo } from '../../../shared/domain/policy/render/fragment-memo.ts';
import { Fragment } from '../../../shared/domain/policy/render/json-output.ts';

const textOf = (key: number) => `text of ${key}`;

describe('a memo of fragments', () => {
  it('makes and holds no more of them than it has room for, however many keys come', () => {
    const memo = new FragmentMemo();
    let made = 0;
    for (let key = 0; key < 100_000; key++) {
      memo.get(key, () => {
        made += 1;
        return new Fragment(textOf(key));
      });
    }
    expect(made).toBeLessThanOrEqual(FragmentMemo.ROOM);
    expect(made).toBeGreaterThan(FragmentMemo.ROOM / 2);
  });

  it('gives under a key what was made for that key, or nothing', () => {
    const memo = new FragmentMemo();
    for (const key of [0, 1, 5, 2 ** 27 - 1, 77, 1, 0, ...Array(500).keys()]) {
      const fragment = memo.get(key, () => new Fragment(textOf(key)));
      expect([null, textOf(key)]).toContain(fragment?.text ?? null);
    }
  });

  it('keeps what came first', () => {
    const memo = new FragmentMemo();
    const first = memo.get(7, () => new Fragment('first'));
    for (let key = 8; key < 5_000; key++) memo.get(key, () => new Fragment('later'));
    expect(memo.get(7, () => new Fragment('again'))).toBe(first);
  });
});
