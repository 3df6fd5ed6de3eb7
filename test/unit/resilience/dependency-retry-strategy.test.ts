import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../../shared/resilience/circuit-breaker.ts';
import {
  CircuitOpen,
  DependencyRetryStrategy,
} from '../../../shared/resilience/dependency-retry-strategy.ts';

type ErrorType = 'TRANSIENT' | 'THROTTLING' | 'SERVER_ERROR' | 'CLIENT_ERROR';

const refusal = Object.assign(new Error(), { $fault: 'client' });

function strategyOf(throttled: 'one-key' | 'all' = 'one-key') {
  const clock = { milliseconds: 0 };
  const breaker = new CircuitBreaker({ failures: 5, now: () => clock.milliseconds, random: () => 0.5 });
  const strategy = new DependencyRetryStrategy({ maxAttempts: 3, throttled, breaker, random: () => 0 });
  /** Makes a call whose every try ends so; gives the number of tries. */
  async function call(errorType: ErrorType | null, error: Error = new Error()): Promise<number> {
    let token: Awaited<ReturnType<typeof strategy.acquireInitialRetryToken>>;
    try {
      token = await strategy.acquireInitialRetryToken('');
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(CircuitOpen);
      return 0;
    }
    if (errorType === null) {
      strategy.recordSuccess(token);
      return 1;
    }
    for (let tries = 1; ; tries++) {
      try {
        token = await strategy.refreshRetryTokenForRetry(token, { errorType, error: error as never });
      } catch {
        return tries;
      }
    }
  }
  const calls = async (times: number, errorType: ErrorType | null, error?: Error) => {
    const tries: number[] = [];
    for (let time = 0; time < times; time++) tries.push(await call(errorType, error));
    return tries;
  };
  return { call, calls, breaker, clock };
}

describe('a call to a dependency', () => {
  it.each<[ErrorType, Error | undefined, number]>([
    ['TRANSIENT', undefined, 3],
    ['THROTTLING', undefined, 3],
    ['SERVER_ERROR', undefined, 1],
    ['CLIENT_ERROR', refusal, 1],
    ['CLIENT_ERROR', new SyntaxError(), 1],
  ])('that fails with %s (%s) is tried %d times', async (errorType, error, tries) => {
    expect(await strategyOf().call(errorType, error)).toBe(tries);
  });

  it('is not sent after five tries in a row failed, until a probe goes through', async () => {
    const { calls, clock } = strategyOf();
    // The second call is not retried any more: its second try was the fifth in all.
    expect(await calls(4, 'TRANSIENT')).toEqual([3, 2, 0, 0]);
    clock.milliseconds = 1_000;
    expect(await calls(2, 'TRANSIENT')).toEqual([1, 0]);
    clock.milliseconds = 2_000;
    expect(await calls(2, null)).toEqual([1, 1]);
  });

  it.each<[string, ErrorType, Error, boolean]>([
    ['was throttled', 'THROTTLING', new Error(), false],
    ['was refused', 'CLIENT_ERROR', refusal, false],
    ['got an answer that cannot be read', 'CLIENT_ERROR', new SyntaxError(), true],
    ['ran into its deadline', 'CLIENT_ERROR', new DOMException('', 'AbortError'), true],
    ['got an error of the server', 'SERVER_ERROR', new Error(), true],
  ])('that %s counts as a failure of the dependency: %#', async (_, errorType, error, opens) => {
    const { calls, breaker } = strategyOf();
    await calls(20, errorType, error);
    expect(breaker.isOpen).toBe(opens);
  });

  it('that is throttled by a quota for all is one that failed', async () => {
    const { calls } = strategyOf('all');
    expect(await calls(4, 'THROTTLING')).toEqual([3, 2, 0, 0]);
  });

  it('that is refused shows that the dependency is there', async () => {
    const { calls, call, breaker } = strategyOf();
    await call('TRANSIENT');
    await call('CLIENT_ERROR', refusal);
    await call('TRANSIENT');
    expect(breaker.isOpen).toBe(false);
    expect(await calls(1, null)).toEqual([1]);
  });

  it('is retried no more than ten times for all together while nothing succeeds', async () => {
    const { calls } = strategyOf();
    const tries = await calls(100, 'THROTTLING');
    expect(tries.slice(0, 6)).toEqual([3, 3, 3, 3, 3, 1]);
    expect(tries.reduce((sum, each) => sum + each)).toBe(110);
  });

  it('may be retried again once for every ten that succeed', async () => {
    const { calls } = strategyOf();
    await calls(5, 'THROTTLING');
    await calls(9, null);
    expect(await calls(1, 'THROTTLING')).toEqual([1]);
    await calls(2, null);
    expect(await calls(2, 'THROTTLING')).toEqual([2, 1]);
  });
});
