import { describe, expect, it } from 'vitest';
import { fuzzEvaluations } from '../support/fuzz/fuzz-evaluations.ts';

describe('POST /v1/evaluations', () => {
  it('answers whatever it is sent, in the words of the contract (npm run check:long sends ten times as much)', async () => {
    const { faults, statuses } = await fuzzEvaluations(500, 20_240_220);
    expect(faults).toEqual([]);
    for (const status of ['200', '400', '413', '415', '422']) expect(statuses[status]).toBeGreaterThan(0);
  });
});
