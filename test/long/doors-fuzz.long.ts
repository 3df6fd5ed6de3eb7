import { describe, expect, it } from 'vitest';
import { fuzzDoors } from '../support/fuzz/fuzz-doors.ts';

const count = Number(process.env.FUZZ_REQUESTS ?? 20_000);
const seed = Number(process.env.FUZZ_SEED ?? 1);

describe('every door', () => {
  it(`answers ${count} generated requests (seed ${seed}) as openapi.json says`, async () => {
    const started = performance.now();
    const { faults, statuses, requests, slowestMilliseconds } = await fuzzDoors(count, seed);
    const seconds = Math.round((performance.now() - started) / 1_000);
    console.log({ requests, seconds, slowestMilliseconds: Math.round(slowestMilliseconds), statuses });
    expect(faults).toEqual([]);
    expect(requests).toBeGreaterThanOrEqual(count);
    // Each was let in, and did what it is for.
    const unanswered = Object.entries(statuses).filter(([, seen]) =>
      ['200', '201', '207'].every((status) => seen[status] === undefined),
    );
    expect(unanswered).toEqual([]);
  }, 1_800_000);
});
