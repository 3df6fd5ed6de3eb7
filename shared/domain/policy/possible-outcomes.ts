import type { PolicyRun } from './evaluate.ts';
import { NOT_GIVEN } from './facts/fact-vector.ts';
import { MET, MISSING, UNMET } from './outcome.ts';
import { decide, decisionTable, runProgram } from './program.ts';

/** Sets of outcomes as bits; why something is unknown makes no difference here. */
export const MAY_BE_UNMET = 1;
export const MAY_BE_MET = 2;
export const MAY_BE_UNKNOWN = 4;
const MAY_BE_ANYTHING = MAY_BE_UNMET | MAY_BE_MET | MAY_BE_UNKNOWN;

/** By set: the outcomes in it, each named by the one that stands for its bit. */
const OUTCOMES_OF_SETS = Array.from({ length: MAY_BE_ANYTHING + 1 }, (_, set) =>
  [UNMET, MET, MISSING].filter((_outcome, bit) => (set >> bit) & 1),
);

/**
 * By node: which outcomes it may have while a policy is in force and life goes on. Never one too few: what time can
 * change may become anything. Most services cannot change at all, and one pass tells which.
 */
export function possibleOutcomes({ policy, facts, outcomes }: PolicyRun): Uint8Array {
  const { program, testNode, testFact, changingSources } = policy;
  const possible = new Uint8Array(outcomes.length);
  for (let test = 0; test < testNode.length; test++) {
    const node = testNode[test]!;
    const fact = testFact[test]!;
    const changes = fact >= 0 && policy.facts[fact]!.changes !== null && facts.state[fact]! < NOT_GIVEN;
    possible[node] = changes ? MAY_BE_ANYTHING : setOf(outcomes[node]!);
  }
  for (const { node } of changingSources) possible[node] = MAY_BE_UNMET | MAY_BE_MET;
  runProgram(policy, program, possible, COMBINATIONS, () => MAY_BE_ANYTHING);
  return possible;
}

function setOf(outcome: number): number {
  return outcome > MET ? MAY_BE_UNKNOWN : 1 << outcome;
}

/** By kind of node and the sets of two children: the set of outcomes that follow from one of each. */
const COMBINATIONS = decisionTable((kind, left, right) => {
  let set = 0;
  for (const one of OUTCOMES_OF_SETS[left]!) {
    for (const other of OUTCOMES_OF_SETS[right]!) set |= setOf(decide(kind, one, other));
  }
  return set;
});
