import type { CivilDate } from '../calendar/civil-date.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { decideTests } from './decide-tests.ts';
import { clearFacts, type FactVector, factVector } from './facts/fact-vector.ts';
import { MET, UNMET } from './outcome.ts';
import { runProgram } from './program.ts';
import type { ResidentLife } from './resident-life.ts';

/** Writes every fact of the policy as it stands on `day` into `vector`. */
function readFacts(policy: CompiledPolicy, life: ResidentLife, day: CivilDate, vector: FactVector): void {
  const { readers } = policy;
  for (let index = 0; index < readers.length; index++) readers[index]!(life, day, vector, index);
}

/** Writes which sources are in force on `day`, among those that are not always. */
export function decideSources(policy: CompiledPolicy, day: CivilDate, outcomes: Uint8Array): void {
  for (const { source, node } of policy.changingSources) {
    outcomes[node] = day < source.from || day > source.until ? UNMET : MET;
  }
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

/** Room for the facts of a policy on one day, and what follows from them. */
export interface RunRoom {
  readonly facts: FactVector;
  readonly outcomes: Uint8Array;
}

export function runRoom(policy: CompiledPolicy): RunRoom {
  return { facts: factVector(policy.facts.length), outcomes: new Uint8Array(policy.nodeKind.length) };
}

/**
 * Decides every condition, route and service of a policy on `day`, which is asOf or lies after it, and on which the
 * policy is in force. What was in `room` before makes no difference.
 */
export function runPolicy(
  policy: CompiledPolicy,
  life: ResidentLife,
  day: CivilDate,
  { facts, outcomes }: RunRoom = runRoom(policy),
): PolicyRun {
  clearFacts(facts);
  readFacts(policy, life, day, facts);
  decideFacts(policy, facts, day, outcomes);
  return { policy, life, day, facts, outcomes };
}
