import { MISSING, type OutcomeByte, UNAVAILABLE } from '../outcome.ts';
import type { ResidentLife } from '../resident-life.ts';

/** How a fact stands in the vector. */
export const EXACT = 0;
/** `low` and `high` are the two readings of a law, and nothing between them. */
export const READINGS = 1;
/** Some value from `low` to `high`, both included; which one was not told. */
export const RANGE = 2;
export const NOT_GIVEN = 3;
export const SOURCE_UNAVAILABLE = 4;

/**
 * What a fact's code says: nothing was given; its source did not answer; exactly `code - ZERO_CODE`, down to -1 for not
 * paying; or anything else, for which the other columns are to be looked at.
 */
export const NOT_GIVEN_CODE = 0;
export const UNAVAILABLE_CODE = 1;
const FIRST_EXACT_CODE = 2;
export const ZERO_CODE = 3;
export const NO_CODE = 255;

/** The facts of a resident on one day, a column each: numbers, booleans as 0 and 1, enumerations as their index. */
export interface FactVector {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly state: Uint8Array;
  /**
   * All three in one byte, where one is enough, as it is for yes and no, names, months and ages: what has to be fetched
   * to decide a policy then fits into one line of a cache.
   */
  readonly code: Uint8Array;
}

/** Views of one buffer: making a buffer takes longer than deciding a service. */
export function factVector(facts: number): FactVector {
  // At least one, so that there is always a column to look at.
  const size = Math.max(facts, 1);
  const buffer = new ArrayBuffer(size * 18);
  return {
    low: new Float64Array(buffer, 0, size),
    high: new Float64Array(buffer, size * 8, size),
    state: new Uint8Array(buffer, size * 16, size),
    code: new Uint8Array(buffer, size * 17, size),
  };
}

/** Makes a vector used before one in which nothing stands. */
export function clearFacts({ low, high }: FactVector): void {
  // Which of the two mean anything, the other columns tell, and those are always written.
  low.fill(0);
  high.fill(0);
}

export function setExact(vector: FactVector, index: number, value: number): void {
  vector.low[index] = value;
  vector.high[index] = value;
  vector.state[index] = EXACT;
  const code = value + ZERO_CODE;
  vector.code[index] = code >= FIRST_EXACT_CODE && code < NO_CODE && Number.isInteger(code) ? code : NO_CODE;
}

export function setSpan(
  vector: FactVector,
  index: number,
  low: number,
  high: number,
  state: typeof READINGS | typeof RANGE,
): void {
  if (low === high) {
    setExact(vector, index, low);
    return;
  }
  vector.low[index] = low;
  vector.high[index] = high;
  vector.state[index] = state;
  vector.code[index] = NO_CODE;
}

/** Marks a fact of `group` as not known: not given, or its source did not answer. */
export function setUnknown(vector: FactVector, index: number, life: ResidentLife, group: string): void {
  const isUnavailable = life.unavailable.has(group);
  vector.state[index] = isUnavailable ? SOURCE_UNAVAILABLE : NOT_GIVEN;
  vector.code[index] = isUnavailable ? UNAVAILABLE_CODE : NOT_GIVEN_CODE;
}

/** Why a test on a fact in this state is unknown. */
export function reasonOf(state: number): OutcomeByte {
  return state === SOURCE_UNAVAILABLE ? UNAVAILABLE : MISSING;
}
