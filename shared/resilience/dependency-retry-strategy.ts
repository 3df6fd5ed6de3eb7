import { StandardRetryStrategy } from '@smithy/core/retry';
import { CircuitBreaker } from './circuit-breaker.ts';
import { RetryBudget } from './retry-budget.ts';

/** A dependency has failed too often just now: it was not asked. */
export class CircuitOpen extends Error {
  constructor() {
    super('The dependency failed too often and is left in peace for a moment.');
    this.name = 'CircuitOpen';
  }
}

export interface DependencyRetryOptions {
  /** How often a call is tried in all, the first time included. */
  readonly maxAttempts: number;
  /**
   * What a throttled call says of others: `one-key`, nothing, as another key, partition or table may well answer; `all`, the same
   * of every one, as where one quota counts for the whole account.
   */
  readonly throttled: 'one-key' | 'all';
  readonly breaker?: CircuitBreaker;
  readonly budget?: RetryBudget;
  /** A number from 0 to below 1. */
  readonly random?: () => number;
}

type InitialToken = ReturnType<StandardRetryStrategy['acquireInitialRetryToken']>;
type RetryToken = Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>[0];
type ErrorInfo = Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>[1];

const pauseBaseMilliseconds = 25;

/**
 * How a client of AWS asks again, one for each client, and so for each dependency of a process: full jitter from 25 ms
 * doubled with each try, within a {@link RetryBudget}, behind a {@link CircuitBreaker}. A call while the breaker is open
 * fails with {@link CircuitOpen} without being sent.
 */
export class DependencyRetryStrategy extends StandardRetryStrategy {
  readonly #maxAttempts: number;
  readonly #breaker: CircuitBreaker;
  readonly #budget: RetryBudget;
  readonly #throttled: DependencyRetryOptions['throttled'];

  constructor(options: DependencyRetryOptions) {
    const { maxAttempts, random = Math.random } = options;
    super({
      maxAttempts,
      baseDelay: pauseBaseMilliseconds,
      // The SDK waits up to a second before it retries a throttled call, which alone would use up the deadline.
      backoff: {
        setDelayBase() {},
        computeNextBackoffDelay: (retry) => random() * pauseBaseMilliseconds * 2 ** retry,
      },
    });
    this.#maxAttempts = maxAttempts;
    this.#throttled = options.throttled;
    this.#breaker = options.breaker ?? new CircuitBreaker();
    this.#budget = options.budget ?? new RetryBudget();
  }

  /** Called by the SDK before the first try of a call. */
  override async acquireInitialRetryToken(scope: string): InitialToken {
    if (!this.#breaker.admits()) throw new CircuitOpen();
    return super.acquireInitialRetryToken(scope);
  }

  /** Called by the SDK after each try that failed; throws when there is to be no other. */
  override async refreshRetryTokenForRetry(token: RetryToken, info: ErrorInfo): Promise<RetryToken> {
    this.#learn(info);
    const mayRetry =
      (info.errorType === 'TRANSIENT' || info.errorType === 'THROTTLING') &&
      token.getRetryCount() + 1 < this.#maxAttempts;
    if (!mayRetry || this.#breaker.isOpen || !this.#budget.take()) throw new Error('No retry is to be made.');
    return super.refreshRetryTokenForRetry(token, info);
  }

  /** Called by the SDK after a call that succeeded. */
  override recordSuccess(token: RetryToken): void {
    this.#breaker.succeeded();
    this.#budget.earn();
    super.recordSuccess(token);
  }

  #learn({ errorType, error }: ErrorInfo): void {
    if (errorType === 'THROTTLING' && this.#throttled === 'one-key') return;
    // It refused, a condition that does not hold for one, and so it is there. What cannot be read has no fault.
    if (errorType === 'CLIENT_ERROR' && isRefusal(error)) this.#breaker.succeeded();
    else this.#breaker.failed();
  }
}

function isRefusal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && '$fault' in error && error.$fault === 'client';
}
