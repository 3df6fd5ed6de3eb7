import { describe, expect, it } from 'vitest';
import { stages } from '../../../infra/config/stages.ts';
import { type KnownPrice, priceLists, sumOf } from '../../../infra/cost/prices.ts';

const stepped: KnownPrice = {
  steps: [
    { from: 0, price: 4 },
    { from: 300, price: 3 },
    { from: 1_000, price: 2 },
  ],
  per: 10,
  certainty: 'assumed',
  source: 'https://example.org/',
};

describe('what a quantity costs', () => {
  it.each([
    ['nothing', 0, 0],
    ['less than a unit of the price', 5, 2],
    ['up to the first step', 300, 120],
    // 300 at 0.4 and 1 at 0.3
    ['one beyond the first step', 301, 120.3],
    // 300 at 0.4 and 700 at 0.3
    ['up to the second step', 1_000, 330],
    // and 1 at 0.2
    ['one beyond the second step', 1_001, 330.2],
  ])('is the sum of its steps: %s', (_, quantity, sum) => {
    expect(sumOf(stepped, quantity)).toBeCloseTo(sum, 10);
  });

  it('is that of the API of Singapore on both sides of its first step', () => {
    const { apiRequest } = priceLists['ap-southeast-1']!.prices;
    expect(sumOf(apiRequest!, 333_000_000)).toBeCloseTo(333 * 4.25, 6);
    expect(sumOf(apiRequest!, 334_000_000)).toBeCloseTo(333 * 4.25 + 3.53, 6);
  });
});

describe('the price lists', () => {
  it('are there for the region of every stage', () => {
    const regions = Object.values(stages).map(({ region }) => region);
    expect(Object.keys(priceLists)).toEqual(expect.arrayContaining(regions));
  });

  const known = Object.values(priceLists).flatMap(({ region, prices }) =>
    Object.entries(prices).flatMap(([item, price]) =>
      price === null ? [] : [[region, item, price] as const],
    ),
  );

  it.each(known)('say where a price is from and why an assumption was made: %s, %s', (_, __, price) => {
    expect(price.source).toMatch(/^https:\/\/\S+$/);
    expect(price.certainty === 'assumed' && price.note === undefined).toBe(false);
    expect(price.per).toBeGreaterThan(0);
    const steps = price.steps.map(({ from }) => from);
    expect(steps[0]).toBe(0);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  });

  it('have nothing assumed for China: what is not known there is called so', () => {
    const { prices } = priceLists['cn-northwest-1']!;
    expect(Object.values(prices).filter((price) => price?.certainty === 'assumed')).toEqual([]);
    expect(prices.apiRequest).toBeNull();
  });
});
