import { describe, expect, it } from 'vitest';
import { secondsLeftOfDay } from '../../../functions/partners/allowance.ts';
import { heldBack } from '../../../functions/partners/held-back.ts';

/** A clock that work and sleep move; a sleep may end early, as timers do. */
function pace(early = 0) {
  let now = 1_000;
  return {
    floor: 200,
    clock: () => now,
    work: (milliseconds: number) => {
      now += milliseconds;
    },
    sleep: async (milliseconds: number) => {
      now += Math.max(1, milliseconds - early);
    },
  };
}

describe('an answer that is held back', () => {
  it.each([
    [0, 200],
    [1, 200],
    [199, 200],
    [200, 200],
    [201, 400],
    [400, 400],
    [950, 1_000],
  ])('after %i ms of work leaves at %i ms', async (worked, left) => {
    for (const early of [0, 1]) {
      const time = pace(early);
      const answer = heldBack(time, async () => {
        time.work(worked);
        return 'done';
      });
      expect(await answer).toBe('done');
      expect(time.clock() - 1_000).toBe(left);
    }
  });

  it('is held back when it is refused too', async () => {
    const time = pace();
    const refused = heldBack(time, async () => {
      time.work(30);
      throw new Error('no');
    });
    await expect(refused).rejects.toThrow('no');
    expect(time.clock() - 1_000).toBe(200);
  });
});

describe('what is left of a day in Shanghai', () => {
  it.each([
    ['2024-06-01T16:00:00.000Z', 86_400],
    ['2024-06-01T15:59:59.000Z', 1],
    ['2024-06-01T15:59:59.999Z', 1],
    ['2024-06-01T16:00:00.001Z', 86_400],
    ['2024-06-01T04:00:00.000Z', 12 * 3_600],
  ])('at %s is %i seconds', (instant, seconds) => {
    expect(secondsLeftOfDay(Date.parse(instant))).toBe(seconds);
  });
});
