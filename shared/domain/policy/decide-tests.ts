import { type Bounds, isInside } from './bounds.ts';
import type { CompiledPolicy, CompiledTest } from './compiled-policy.ts';
import {
  EXACT,
  type FactVector,
  NO_CODE,
  NOT_GIVEN_CODE,
  RANGE,
  READINGS,
  reasonOf,
  UNAVAILABLE_CODE,
  ZERO_CODE,
} from './facts/fact-vector.ts';
import {
  AMBIGUOUS_LAW,
  MET,
  MISSING,
  NOT_PUBLISHED,
  type OutcomeByte,
  UNAVAILABLE,
  UNMET,
} from './outcome.ts';

/** Stands for an outcome where a fact's code does not tell enough: a bit that no outcome has. */
const LOOK_CLOSER_BIT = 3;
const LOOK_CLOSER = 1 << LOOK_CLOSER_BIT;
const CODES = NO_CODE + 1;

/**
 * By test and code of its fact: the outcome. Almost every fact has a code (fact-vector.ts), so that deciding all tests is
 * one loop of look-ups without a branch that differs from person to person.
 */
export function outcomesByCode(tests: readonly CompiledTest[]): Uint8Array {
  const table = new Uint8Array(tests.length * CODES);
  for (const [index, test] of tests.entries()) {
    for (let code = 0; code < CODES; code++) table[index * CODES + code] = outcomeOfCode(test, code);
  }
  return table;
}

function outcomeOfCode(test: CompiledTest, code: number): number {
  if (test.notPublished) return NOT_PUBLISHED;
  if (code === NOT_GIVEN_CODE) return MISSING;
  if (code === UNAVAILABLE_CODE) return UNAVAILABLE;
  if (code === NO_CODE || test.boundsForWomen !== null) return LOOK_CLOSER;
  return outcomeOfExact(test, code - ZERO_CODE);
}

/** Writes the outcome of every test on the facts in `vector`. */
export function decideTests(policy: CompiledPolicy, vector: FactVector, outcomes: Uint8Array): void {
  const { testPlaces, testOutcomes } = policy;
  const codes = vector.code;
  if (lookCloserAt.length < testPlaces.length) lookCloserAt = new Uint16Array(testPlaces.length);
  const closer = lookCloserAt;
  let count = 0;
  for (let test = 0; test < testPlaces.length; test++) {
    const place = testPlaces[test]!;
    const outcome = testOutcomes[test * CODES + codes[place & 0xffff]!]!;
    outcomes[place >>> 16] = outcome;
    // Noted without a branch, which nobody could guess: the next one takes its place unless it is to be looked at.
    closer[count] = test;
    count += outcome >> LOOK_CLOSER_BIT;
  }
  // Apart, because a call in that loop would make it take twice as long.
  for (let index = 0; index < count; index++) {
    const test = closer[index]!;
    outcomes[testPlaces[test]! >>> 16] = testOutcome(policy, test, vector);
  }
}

/** The tests of the policy at hand whose facts tell more than their codes. Nothing in it outlives a call. */
let lookCloserAt = new Uint16Array(0);

/** By test: the column of its fact, and its node in the upper half. */
export function testPlacesOf(tests: readonly CompiledTest[], nodes: readonly number[]): Uint32Array {
  // What asks for no fact at all is not published, whatever the code: any column will do.
  return Uint32Array.from(tests, ({ fact }, test) => (nodes[test]! << 16) | Math.max(fact, 0));
}

/** Outcome of one test on the facts in `vector`. */
export function testOutcome(policy: CompiledPolicy, test: number, vector: FactVector): OutcomeByte {
  const compiled = policy.tests[test]!;
  const { fact, bounds, boundsForWomen, notPublished } = compiled;
  if (notPublished) return NOT_PUBLISHED;
  const state = vector.state[fact]!;
  if (state === EXACT) {
    const value = vector.low[fact]!;
    if (boundsForWomen === null) return outcomeOfExact(compiled, value);
    return outcomeBySex(bounds, boundsForWomen, value, policy.sexFact, vector);
  }
  if (state === READINGS) {
    const low = isInside(bounds, vector.low[fact]!);
    return low === isInside(bounds, vector.high[fact]!) ? (low ? MET : UNMET) : AMBIGUOUS_LAW;
  }
  if (state === RANGE) return outcomeOfRange(bounds, vector.low[fact]!, vector.high[fact]!);
  return reasonOf(state);
}

function outcomeOfExact({ values, bounds }: CompiledTest, value: number): OutcomeByte {
  if (values !== null) return ((values >> value) & 1) as OutcomeByte;
  return isInside(bounds, value) ? MET : UNMET;
}

/** Where the sex is not known, the answer stands if it is the same for both. */
function outcomeBySex(
  forMen: Bounds,
  forWomen: Bounds,
  value: number,
  sexFact: number,
  vector: FactVector,
): OutcomeByte {
  const [man, woman] = [isInside(forMen, value), isInside(forWomen, value)];
  if (man === woman) return man ? MET : UNMET;
  if (vector.state[sexFact] !== EXACT) return reasonOf(vector.state[sexFact]!);
  return (vector.low[sexFact] === 0 ? man : woman) ? MET : UNMET;
}

/** Met when every value of the range is inside, unmet when none is. */
function outcomeOfRange(bounds: Bounds, low: number, high: number): OutcomeByte {
  const [lowInside, highInside] = [isInside(bounds, low), isInside(bounds, high)];
  if (lowInside && highInside) return MET;
  if (lowInside || highInside) return MISSING;
  return high <= bounds.low || low >= bounds.high ? UNMET : MISSING;
}
