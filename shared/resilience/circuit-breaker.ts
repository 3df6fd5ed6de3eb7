export interface CircuitBreakerOptions {
  /** How many tries in a row must fail before it opens. */
  readonly failures?: number;
  /** How long nothing passes after it opened, and between probes, on average. */
  readonly openMilliseconds?: number;
  /** Milliseconds of a clock that is never set back. */
  readonly now?: () => number;
  /** A number from 0 to below 1. */
  readonly random?: () => number;
}

/**
 * A circuit breaker: when a dependency has failed too often in a row, callers are told so at once instead of waiting
 * for it, and it is left in peace but for a probe now and then. The first success closes it.
 *
 * Half-open is no state of its own: a probe that passes puts off the next one, so that one whose outcome is never
 * told cannot keep it open for ever. Waiting times are drawn from half to one and a half of the mean: processes that
 * lost the dependency together do not come back together.
 */
export class CircuitBreaker {
  readonly #failures: number;
  readonly #openMilliseconds: number;
  readonly #now: () => number;
  readonly #random: () => number;
  #failed = 0;
  #nextProbe = 0;

  constructor(options: CircuitBreakerOptions = {}) {
    const {
      failures = 5,
      openMilliseconds = 1_000,
      now = () => performance.now(),
      random = Math.random,
    } = options;
    this.#failures = failures;
    this.#openMilliseconds = openMilliseconds;
    this.#now = now;
    this.#random = random;
  }

  get isOpen(): boolean {
    return this.#failed >= this.#failures;
  }

  /** Whether a call may be made now: any while closed, a probe at a time while open. */
  admits(): boolean {
    if (!this.isOpen) return true;
    if (this.#now() < this.#nextProbe) return false;
    this.#putOffProbe();
    return true;
  }

  succeeded(): void {
    this.#failed = 0;
  }

  failed(): void {
    this.#failed++;
    if (this.#failed === this.#failures) this.#putOffProbe();
  }

  #putOffProbe(): void {
    this.#nextProbe = this.#now() + this.#openMilliseconds * (0.5 + this.#random());
  }
}
