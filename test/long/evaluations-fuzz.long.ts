import { describe, expect, it } from 'vitest';
import { fuzzEvaluations } from '../support/fuzz/fuzz-evaluations.ts';

const requests = Number(process.env.FUZZ_REQUESTS ?? 5_000);
const seed = Number(process.env.FUZZ_SEED ?? 1);

describe('POST /v1/evaluations', () => {
  it(`answers ${requests} generated requests (seed ${seed}) and holds on to none`, async () => {
    const { faults, statuses, heap } = await fuzzEvaluations(requests, seed);
    console.log({ statuses, heap });
    expect(faults).toEqual([]);
    expect(statuses['200']).toBeGreaterThan(requests / 10);
    // What the engine and the runtime go on compiling and caching takes a little; requests held would take 100 MB.
    expect(heap.late - heap.early).toBeLessThan(10_000_000);
  }, 600_000);
});
