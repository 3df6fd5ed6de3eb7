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

/** The facts of a resident on one day, a column each: numbers, booleans as 0 and 1, enumerations as their index. */
export interface FactVector {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly state: Uint8Array;
}

/** Views of one buffer: making a buffer takes longer than deciding a service. */
export function factVector(size: number): FactVector {
  const buffer = new ArrayBuffer(size * 17);
  return {
    low: new Float64Array(buffer, 0, size),
    high: new Float64Array(buffer, size * 8, size),
    state: new Uint8Array(buffer, size * 16, size),
  };
}

export function setExact(vector: FactVector, index: number, value: number): void {
  vector.low[index] = value;
  vector.high[index] = value;
  vector.state[index] = EXACT;
}

export function setSpan(
  vector: FactVector,
  index: number,
  low: number,
  high: number,
  state: typeof READINGS | typeof RANGE,
): void {
  vector.low[index] = low;
  vector.high[index] = high;
  vector.state[index] = low === high ? EXACT : state;
}

/** Marks a fact of `group` as not known: not given, or its source did not answer. */
export function setUnknown(vector: FactVector, index: number, life: ResidentLife, group: string): void {
  vector.state[index] = life.unavailable.has(group) ? SOURCE_UNAVAILABLE : NOT_GIVEN;
}

/** Why a test on a fact in this state is unknown. */
export function reasonOf(state: number): OutcomeByte {
  return state === SOURCE_UNAVAILABLE ? UNAVAILABLE : MISSING;
}
