import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../../shared/resilience/circuit-breaker.ts';

function breakerOf({ random = 0.5 } = {}) {
  const clock = { milliseconds: 0 };
  const breaker = new CircuitBreaker({
    failures: 3,
    openMilliseconds: 1_000,
    now: () => clock.milliseconds,
    random: () => random,
  });
  const fail = (times: number) => {
    for (let time = 0; time < times; time++) breaker.failed();
  };
  return { breaker, clock, fail };
}

describe('a circuit breaker', () => {
  it('opens at the failure that is one too many in a row', () => {
    const { breaker, fail } = breakerOf();
    fail(2);
    expect([breaker.isOpen, breaker.admits()]).toEqual([false, true]);
    fail(1);
    expect([breaker.isOpen, breaker.admits()]).toEqual([true, false]);
  });

  it('begins to count anew after a success', () => {
    const { breaker, fail } = breakerOf();
    fail(2);
    breaker.succeeded();
    fail(2);
    expect(breaker.isOpen).toBe(false);
  });

  it('lets one probe through when its time has come, and no other until the next', () => {
    const { breaker, clock, fail } = breakerOf();
    fail(3);
    clock.milliseconds = 999;
    expect(breaker.admits()).toBe(false);
    clock.milliseconds = 1_000;
    expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
    // Nobody says what became of the probe.
    clock.milliseconds = 1_999;
    expect(breaker.admits()).toBe(false);
    clock.milliseconds = 2_000;
    expect(breaker.admits()).toBe(true);
  });

  it('stays open after a probe that failed, and closes after one that did not', () => {
    const { breaker, clock, fail } = breakerOf();
    fail(3);
    clock.milliseconds = 1_000;
    breaker.admits();
    fail(1);
    expect([breaker.isOpen, breaker.admits()]).toEqual([true, false]);
    breaker.succeeded();
    expect([breaker.isOpen, breaker.admits(), breaker.admits()]).toEqual([false, true, true]);
  });

  it.each([
    [0, 500],
    [0.999, 1_499],
  ])('waits from half to one and a half of the mean: at %d for %d ms', (random, milliseconds) => {
    const { breaker, clock, fail } = breakerOf({ random });
    fail(3);
    clock.milliseconds = milliseconds - 1;
    expect(breaker.admits()).toBe(false);
    clock.milliseconds = milliseconds;
    expect(breaker.admits()).toBe(true);
  });
});
