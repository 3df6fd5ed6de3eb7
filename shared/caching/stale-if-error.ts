export interface StaleIfErrorOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long after the last good read its value may still answer for a read that failed. */
  readonly maxStaleMilliseconds: number;
  /** How long reading is left alone after it failed, while there is a value to answer with. */
  readonly retryAfterMilliseconds: number;
  /** Told of every failure that was answered with an older value; it would go unseen otherwise. */
  readonly onStale: (error: unknown) => void;
}

/** Answers with the value of the last good read when a read fails, for a bounded time. */
export class StaleIfError<Value> {
  readonly #options: StaleIfErrorOptions;
  #last: { readonly value: Value; readonly readAt: number } | null = null;
  #leftAloneUntil = 0;

  constructor(options: StaleIfErrorOptions) {
    this.#options = options;
  }

  /** @throws what `read` threw, when there is no value of a good read or it is too old. */
  async answer(read: () => Promise<Value>): Promise<Value> {
    const { now, retryAfterMilliseconds, onStale } = this.#options;
    if (this.#last !== null && now() < this.#leftAloneUntil && this.#mayAnswer(this.#last.readAt)) {
      return this.#last.value;
    }
    // The value may be as old as the moment its read began.
    const readAt = now();
    try {
      const value = await read();
      this.#last = { value, readAt };
      return value;
    } catch (error) {
      if (this.#last === null || !this.#mayAnswer(this.#last.readAt)) throw error;
      this.#leftAloneUntil = now() + retryAfterMilliseconds;
      onStale(error);
      return this.#last.value;
    }
  }

  #mayAnswer(readAt: number): boolean {
    return this.#options.now() - readAt <= this.#options.maxStaleMilliseconds;
  }
}
