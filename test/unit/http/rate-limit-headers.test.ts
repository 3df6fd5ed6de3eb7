import { describe, expect, it } from 'vitest';
import { rateLimitHeaders } from '../../../shared/http/rate-limit-headers.ts';

describe('rateLimitHeaders', () => {
  it.each([
    [0, 10],
    [9, 1],
    [10, 0],
    // The limit was lowered after more was used.
    [12, 0],
  ])('says of %i used of 10 that %i are left', (used, left) => {
    expect(rateLimitHeaders({ limit: 10, used, resetSeconds: 7 })).toEqual({
      RateLimit: `"day";r=${left};t=7`,
      'RateLimit-Policy': '"day";q=10;w=86400',
    });
  });
});
