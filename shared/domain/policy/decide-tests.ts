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
const LOOK_CLOSER = 8;
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
  const { testNode, testFact, testOutcomes } = policy;
  const codes = vector.code;
  let seen = 0;
  for (let test = 0; test < testNode.length; test++) {
    const fact = testFact[test]!;
    // What asks for no fact at all is not published, whatever the code.
    const outcome = testOutcomes[test * CODES + (fact < 0 ? NOT_GIVEN_CODE : codes[fact]!)]!;
    seen |= outcome;
    outcomes[testNode[test]!] = outcome;
  }
  // Apart, because a call in that loop would make it take twice as long for those who need none.
  if ((seen & LOOK_CLOSER) !== 0) lookCloser(policy, vector, outcomes);
}

function lookCloser(policy: CompiledPolicy, vector: FactVector, outcomes: Uint8Array): void {
  const { testNode } = policy;
  for (let test = 0; test < testNode.length; test++) {
    const node = testNode[test]!;
    if (outcomes[node] === LOOK_CLOSER) outcomes[node] = testOutcome(policy, test, vector);
  }
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
