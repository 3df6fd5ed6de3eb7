/** How many retries a process has in hand at first, and at most. */
const mostRetries = 10;
/** What a success gives back: one retry for every ten. */
const earnedBySuccess = 0.1;

/**
 * How often a dependency may be asked again, whoever asks: retries help when few calls fail, and bury what is overloaded
 * when all do. In a total outage nothing is earned, so that there are no more than what was in hand.
 */
export class RetryBudget {
  #left = mostRetries;

  /** Takes one retry; false when there is none left. */
  take(): boolean {
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  /** A call succeeded. */
  earn(): void {
    this.#left = Math.min(mostRetries, this.#left + earnedBySuccess);
  }
}
