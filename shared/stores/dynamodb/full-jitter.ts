import { setTimeout } from 'node:timers/promises';

export interface JitterOptions {
  /** How often something is tried in all. */
  readonly attempts?: number;
  /** A number from 0 to below 1. */
  readonly random?: () => number;
  /** Lets so many milliseconds pass. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

const baseMilliseconds = 10;
const longestMilliseconds = 320;

/**
 * Tries until something comes of it, with pauses drawn from 0 to a bound that doubles ("full jitter"): writers who got
 * in each other's way do not meet again.
 *
 * @param attempt answers null when it is to be tried again.
 * @param exhausted what to throw when the tries are used up.
 */
export async function withFullJitter<Result>(
  { attempts = 12, random = Math.random, pause = setTimeout }: JitterOptions,
  attempt: () => Promise<Result | null>,
  exhausted: () => Error,
): Promise<Result> {
  for (let tried = 1; ; tried++) {
    const result = await attempt();
    if (result !== null) return result;
    if (tried >= attempts) throw exhausted();
    await pause(random() * Math.min(longestMilliseconds, baseMilliseconds * 2 ** tried));
  }
}
