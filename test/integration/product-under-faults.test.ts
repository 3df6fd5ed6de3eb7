import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyProduct, openFaultyProduct } from '../support/faults/faulty-product.ts';

let product: FaultyProduct;

beforeAll(async () => {
  product = await openFaultyProduct();
});
afterAll(() => product?.stop());

describe('the product, asked at all its doors while a dependency is gone (npm run check:long has the whole matrix)', () => {
  it.each([
    ['DynamoDB', 'cut'],
    ['KMS', 'server-error'],
  ] as const)(
    'answers rightly or 503, in time, and ends in one decision: %s, %s',
    async (dependency, fault) => {
      const cell = await product.run(dependency, fault, 2);
      expect(cell.wrong).toEqual([]);
      expect(cell.unavailable).toBeGreaterThan(0);
      // What needs nothing but what is known already goes on being answered.
      expect(cell.right).toBeGreaterThanOrEqual(4);
      expect(cell.slowestMilliseconds).toBeLessThan(5_000);
      expect(cell.recoveryMilliseconds).toBeLessThan(30_000);
    },
  );
});
