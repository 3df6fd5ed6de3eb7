import type { CivilDate } from '../calendar/civil-date.ts';
import { type Bounds, isInside } from './bounds.ts';
import {
  type CompiledPolicy,
  NODE_ALL,
  NODE_ANY,
  NODE_AT_LEAST,
  NODE_CONDITION,
  NODE_NOT,
  type Program,
} from './compiled-policy.ts';
import { EXACT, type FactVector, factVector, RANGE, READINGS, reasonOf } from './facts/fact-vector.ts';
import {
  AMBIGUOUS_LAW,
  BASIS_EXPIRED,
  MET,
  MISSING,
  NOT_PUBLISHED,
  type OutcomeByte,
  UNAVAILABLE,
  UNMET,
} from './outcome.ts';
import type { ResidentLife } from './resident-life.ts';

/** Writes every fact of the policy as it stands on `day` into `vector`. */
function readFacts(policy: CompiledPolicy, life: ResidentLife, day: CivilDate, vector: FactVector): void {
  const { facts } = policy;
  for (let index = 0; index < facts.length; index++) facts[index]!.read(life, day, vector, index);
}

/** Outcome of one test on the facts in `vector`. */
export function testOutcome(policy: CompiledPolicy, test: number, vector: FactVector): OutcomeByte {
  const { fact, values, bounds, boundsForWomen, notPublished } = policy.tests[test]!;
  if (notPublished) return NOT_PUBLISHED;
  const state = vector.state[fact]!;
  if (state === EXACT) {
    const value = vector.low[fact]!;
    if (values !== null) return ((values >> value) & 1) as OutcomeByte;
    if (boundsForWomen === null) return isInside(bounds, value) ? MET : UNMET;
    return outcomeBySex(bounds, boundsForWomen, value, policy.sexFact, vector);
  }
  if (state === READINGS) {
    const low = isInside(bounds, vector.low[fact]!);
    return low === isInside(bounds, vector.high[fact]!) ? (low ? MET : UNMET) : AMBIGUOUS_LAW;
  }
  if (state === RANGE) return outcomeOfRange(bounds, vector.low[fact]!, vector.high[fact]!);
  return reasonOf(state);
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

/** Writes the outcome of every test on the facts in `vector`. */
function decideTests(policy: CompiledPolicy, vector: FactVector, outcomes: Uint8Array): void {
  const { testNode, testFact, testValues } = policy;
  const { state, low } = vector;
  for (let test = 0; test < testNode.length; test++) {
    const fact = testFact[test]!;
    const values = testValues[test]!;
    // Most tests ask for one of some values, and most facts are known.
    outcomes[testNode[test]!] =
      values !== 0 && state[fact] === EXACT ? (values >> low[fact]!) & 1 : testOutcome(policy, test, vector);
  }
}

/** Writes which sources are in force on `day`, among those that are not always. */
export function decideSources(policy: CompiledPolicy, day: CivilDate, outcomes: Uint8Array): void {
  for (const { source, node } of policy.changingSources) {
    outcomes[node] = day < source.from || day > source.until ? UNMET : MET;
  }
}

/** Runs a program: the outcomes of tests and sources are in, those of its other nodes are written. */
export function runProgram(policy: CompiledPolicy, program: Program, outcomes: Uint8Array): void {
  for (let at = 0; at < program.length; at += 4) {
    const kind = program[at]!;
    const node = program[at + 3]!;
    if (kind === NODE_AT_LEAST) {
      outcomes[node] = atLeast(policy, node, outcomes);
    } else {
      outcomes[node] = decide(kind, outcomes[program[at + 1]!]!, outcomes[program[at + 2]!]!);
    }
  }
}

/** The outcome of a node of a kind (not of an at-least) from those of two children. */
export function decide(kind: number, left: number, right: number): number {
  return DECISIONS[(kind << 6) | (left << 3) | right]!;
}

/**
 * By kind of node and outcomes of two children: its own outcome. A look-up, because a branch on outcomes that differ
 * from person to person is what a processor guesses wrong.
 *
 * Kleene: an unmet child decides an `all`, a met one an `any`, whatever else is unknown. Of several reasons the first
 * in the order of outcome.ts is named.
 */
const DECISIONS = decisionTable();

function decisionTable(): Uint8Array {
  const table = new Uint8Array((NODE_CONDITION + 1) << 6);
  for (let left: number = UNMET; left <= UNAVAILABLE; left++) {
    for (let right: number = UNMET; right <= UNAVAILABLE; right++) {
      const write = (kind: number, outcome: number) => {
        table[(kind << 6) | (left << 3) | right] = outcome;
      };
      const isEither = (outcome: number) => left === outcome || right === outcome;
      const reason = Math.min(...[left, right].filter((outcome) => outcome > MET));
      const isKnown = reason === Number.POSITIVE_INFINITY;
      write(NODE_ALL, isEither(UNMET) ? UNMET : isKnown ? MET : reason);
      write(NODE_ANY, isEither(MET) ? MET : isKnown ? UNMET : reason);
      write(NODE_NOT, left === MET ? UNMET : left === UNMET ? MET : left);
      write(NODE_CONDITION, right === MET ? left : BASIS_EXPIRED);
    }
  }
  return table;
}

function atLeast(policy: CompiledPolicy, node: number, outcomes: Uint8Array): number {
  const { nodeOperand, childStart, children } = policy;
  const [first, end] = [childStart[node]!, childStart[node + 1]!];
  let met = 0;
  let unmet = 0;
  let reason: number = UNAVAILABLE;
  for (let index = first; index < end; index++) {
    const child = outcomes[children[index]!]!;
    if (child === MET) met += 1;
    else if (child === UNMET) unmet += 1;
    else if (child < reason) reason = child;
  }
  if (met >= nodeOperand[node]!) return MET;
  return end - first - unmet < nodeOperand[node]! ? UNMET : reason;
}

/** A policy applied to a life on one day. */
export interface PolicyRun {
  readonly policy: CompiledPolicy;
  readonly life: ResidentLife;
  readonly day: CivilDate;
  readonly facts: FactVector;
  /** By node. */
  readonly outcomes: Uint8Array;
}

/** Decides every condition, route and service of a policy from facts that are read, into `outcomes`, by node. */
export function decideFacts(
  policy: CompiledPolicy,
  facts: FactVector,
  day: CivilDate,
  outcomes: Uint8Array,
): void {
  decideTests(policy, facts, outcomes);
  decideSources(policy, day, outcomes);
  runProgram(policy, policy.program, outcomes);
}

/**
 * Decides every condition, route and service of a policy on `day`, which is asOf or lies after it, and on which the
 * policy is in force.
 */
export function runPolicy(policy: CompiledPolicy, life: ResidentLife, day: CivilDate): PolicyRun {
  const facts = factVector(policy.facts.length);
  readFacts(policy, life, day, facts);
  const outcomes = new Uint8Array(policy.nodeKind.length);
  decideFacts(policy, facts, day, outcomes);
  return { policy, life, day, facts, outcomes };
}
