import type { CompiledPolicy } from './compiled-policy.ts';
import type { PolicyRun } from './evaluate.ts';
import { NOT_GIVEN } from './facts/fact-vector.ts';
import { NODE_ALL, NODE_ANY, NODE_CONDITION, NODE_NOT } from './node-kind.ts';
import { MET, MISSING, UNAVAILABLE, UNMET } from './outcome.ts';
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
 * Writes into `possible`, by node, which outcomes it may have while a policy is in force and life goes on. Never one too
 * few: what time can change may become anything. Most services cannot change at all, and one pass tells which.
 */
export function possibleOutcomes({ policy, facts, outcomes }: PolicyRun, possible: Uint8Array): void {
  const { program, testNode, changingFact, changingSources } = policy;
  for (let test = 0; test < testNode.length; test++) {
    const node = testNode[test]!;
    const fact = changingFact[test]!;
    const changes = fact >= 0 && facts.state[fact]! < NOT_GIVEN;
    possible[node] = changes ? MAY_BE_ANYTHING : setOf(outcomes[node]!);
  }
  for (const { node } of changingSources) possible[node] = MAY_BE_UNMET | MAY_BE_MET;
  runProgram(policy, program, possible, COMBINATIONS, () => MAY_BE_ANYTHING);
}

/**
 * Writes into `within`, by node, which outcomes the caller can bring about: the one it has, or those it would have if
 * missing facts were given. Where something is unknown for another reason, nothing the caller could say decides it.
 */
export function outcomesWithinReach({ policy, outcomes }: PolicyRun, within: Uint8Array): void {
  const { program, testNode, changingSources } = policy;
  for (let test = 0; test < testNode.length; test++) {
    const node = testNode[test]!;
    within[node] = WITHIN_REACH[outcomes[node]!]!;
  }
  for (const { node } of changingSources) within[node] = WITHIN_REACH[outcomes[node]!]!;
  runProgram(policy, program, within, REACHES, reachOfAtLeast);
}

/** By outcome of a test or source. */
const WITHIN_REACH = Uint8Array.from({ length: UNAVAILABLE + 1 }, (_, outcome) =>
  outcome <= MET ? 1 << outcome : outcome === MISSING ? MAY_BE_UNMET | MAY_BE_MET : 0,
);

/** By kind of node and what is within reach of two children: what is within its own. */
const REACHES = decisionTable((kind, left, right) => {
  const [both, either] = [left & right, left | right];
  switch (kind) {
    case NODE_ALL:
      return (both & MAY_BE_MET) | (either & MAY_BE_UNMET);
    case NODE_ANY:
      return (either & MAY_BE_MET) | (both & MAY_BE_UNMET);
    case NODE_NOT:
      return ((left & MAY_BE_MET) >> 1) | ((left & MAY_BE_UNMET) << 1);
    case NODE_CONDITION:
      return right === MAY_BE_MET ? left : 0;
    default:
      return 0;
  }
});

function reachOfAtLeast(policy: CompiledPolicy, node: number, within: Uint8Array): number {
  const { nodeOperand, childStart, children } = policy;
  const [first, end] = [childStart[node]!, childStart[node + 1]!];
  let met = 0;
  let unmet = 0;
  for (let index = first; index < end; index++) {
    const child = within[children[index]!]!;
    if (child & MAY_BE_MET) met += 1;
    if (child & MAY_BE_UNMET) unmet += 1;
  }
  const needed = nodeOperand[node]!;
  return (met >= needed ? MAY_BE_MET : 0) | (unmet > end - first - needed ? MAY_BE_UNMET : 0);
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
