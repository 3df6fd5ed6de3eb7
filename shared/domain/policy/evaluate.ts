import type { CivilDate } from '../calendar/civil-date.ts';
import { type Bounds, isInside } from './bounds.ts';
import {
  type CompiledPolicy,
  NODE_ALL,
  NODE_ANY,
  NODE_CONDITION,
  NODE_NOT,
  NODE_TEST,
} from './compiled-policy.ts';
import { EXACT, type FactVector, factVector, RANGE, READINGS, reasonOf } from './facts/fact-vector.ts';
import {
  AMBIGUOUS_LAW,
  BASIS_EXPIRED,
  MET,
  MISSING,
  NOT_PUBLISHED,
  type OutcomeByte,
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

/** Outcome of every node among `nodes` (children first) into `outcomes`, from outcomes of tests that are already in. */
export function evaluateNodes(
  policy: CompiledPolicy,
  nodes: ArrayLike<number>,
  day: CivilDate,
  tests: Uint8Array,
  outcomes: Uint8Array,
): void {
  const { nodeKind, nodeOperand, childStart, children, sources } = policy;
  for (let position = 0; position < nodes.length; position++) {
    const node = nodes[position]!;
    const kind = nodeKind[node]!;
    const operand = nodeOperand[node]!;
    const first = childStart[node]!;
    if (kind === NODE_TEST) {
      outcomes[node] = tests[operand]!;
    } else if (kind === NODE_CONDITION) {
      const source = sources[operand]!;
      outcomes[node] = day < source.from || day > source.until ? BASIS_EXPIRED : outcomes[children[first]!]!;
    } else if (kind === NODE_NOT) {
      const child = outcomes[children[first]!]!;
      outcomes[node] = child > MET ? child : 1 - child;
    } else {
      outcomes[node] = combination(kind, operand, first, childStart[node + 1]!, children, outcomes);
    }
  }
}

/**
 * Kleene: an unmet child decides an `all`, a met one an `any`, whatever else is unknown. Of several reasons the first
 * in the order of outcome.ts is named.
 */
function combination(
  kind: number,
  operand: number,
  first: number,
  end: number,
  children: Uint16Array,
  outcomes: Uint8Array,
): number {
  let met = 0;
  let unmet = 0;
  let reason = 255;
  for (let index = first; index < end; index++) {
    const child = outcomes[children[index]!]!;
    if (child === MET) met += 1;
    else if (child === UNMET) unmet += 1;
    else if (child < reason) reason = child;
  }
  const total = end - first;
  const needed = kind === NODE_ALL ? total : kind === NODE_ANY ? 1 : operand;
  if (met >= needed) return MET;
  return total - unmet < needed ? UNMET : reason;
}

/** A policy applied to a life on one day. */
export interface PolicyRun {
  readonly policy: CompiledPolicy;
  readonly life: ResidentLife;
  readonly day: CivilDate;
  readonly facts: FactVector;
  readonly tests: Uint8Array;
  readonly outcomes: Uint8Array;
}

/** Decides every condition, route and service of a policy on `day`, which is asOf or lies after it. */
export function runPolicy(policy: CompiledPolicy, life: ResidentLife, day: CivilDate): PolicyRun {
  const facts = factVector(policy.facts.length);
  readFacts(policy, life, day, facts);
  const tests = new Uint8Array(policy.tests.length);
  for (let test = 0; test < tests.length; test++) tests[test] = testOutcome(policy, test, facts);
  const outcomes = new Uint8Array(policy.nodeKind.length);
  evaluateNodes(policy, policy.everyNode, day, tests, outcomes);
  return { policy, life, day, facts, tests, outcomes };
}
