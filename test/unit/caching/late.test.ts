import { describe, expect, it } from 'vitest';
import { late } from '../../../shared/caching/late.ts';

describe('what is opened late', () => {
  it('is opened when it is first asked for, and once for all who ask', async () => {
    let opened = 0;
    const value = late(async () => ++opened);
    expect(opened).toBe(0);
    await expect(Promise.all([value(), value()])).resolves.toEqual([1, 1]);
    await expect(value()).resolves.toBe(1);
  });

  it('is tried again by the next to ask after it could not be opened', async () => {
    let tries = 0;
    const value = late(async () => {
      if (++tries === 1) throw new Error('not yet');
      return tries;
    });
    await expect(value()).rejects.toThrow('not yet');
    await expect(value()).resolves.toBe(2);
  });
});
