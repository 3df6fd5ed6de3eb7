import { describe, expect, it } from 'vitest';
import { rankTest } from '../../support/rank-test.ts';

const random = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
};
const sample = (count: number, next: () => number, shift = 0) =>
  Array.from({ length: count }, () => next() + next() + next() + shift);

describe('the rank test', () => {
  it('agrees with a worked example', () => {
    // By hand: mean 200, fifteen ties of two, variance 1364.7, z = (87.5 - 0.5) / 36.94 = 2.355.
    const x = Array.from({ length: 20 }, (_, n) => n);
    const y = Array.from({ length: 20 }, (_, n) => n + 5);
    const u = x
      .flatMap((a) => y.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)))
      .reduce<number>((s, v) => s + v, 0);
    expect(u).toBe(112.5);
    expect(rankTest(x, y)).toBeCloseTo(0.0184, 3);
    expect(rankTest(y, x)).toBeCloseTo(rankTest(x, y), 10);
  });

  it('says of equal values that nothing tells them apart', () => {
    expect(rankTest(Array(50).fill(200), Array(60).fill(200))).toBe(1);
  });

  it('finds in samples of one distribution what chance alone makes of them', () => {
    const next = random(7);
    const values = Array.from({ length: 400 }, () => rankTest(sample(60, next), sample(60, next)));
    const below = values.filter((p) => p < 0.05).length;
    expect(below).toBeGreaterThan(5);
    expect(below).toBeLessThan(40);
  });

  it('finds a shift of two fifths of the spread in a thousand values', () => {
    const next = random(11);
    expect(rankTest(sample(1_000, next), sample(1_000, next, 0.2))).toBeLessThan(0.001);
  });
});
