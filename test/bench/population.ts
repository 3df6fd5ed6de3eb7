import type { CivilDate } from '../../shared/domain/calendar/civil-date.ts';
import type { CompiledPolicy } from '../../shared/domain/policy/compiled-policy.ts';
import { type PolicyRun, runPolicy } from '../../shared/domain/policy/evaluate.ts';
import { ResidentLife } from '../../shared/domain/policy/resident-life.ts';
import type { Resident } from '../../shared/domain/resident/resident.ts';
import { generateResidents } from '../support/generate-residents.ts';
import { type SliceFacts, sliceFactsReader } from './slice-facts.ts';

const SEED = 663;

/** The residents that are evaluated, in every form a contender takes them in. */
export interface Population {
  readonly summaries: readonly Resident[];
  /** Permit events, registrations of residence and ten years of insurance months in six kinds. */
  readonly histories: readonly Resident[];
  /** Bodies of `POST /v1/evaluations` with the histories. */
  readonly requests: readonly string[];
}

export function generatePopulation(count: number, asOf: string): Population {
  const histories = generateResidents(count, SEED, { asOf, facts: 'histories' });
  return {
    summaries: generateResidents(count, SEED, { asOf, facts: 'summaries' }),
    histories,
    requests: requestsAbout(histories, asOf),
  };
}

/** Bodies about residents that no other population has. */
export function generateRequests(count: number, seed: number, asOf: string): string[] {
  return requestsAbout(generateResidents(count, SEED + seed, { asOf, facts: 'histories' }), asOf);
}

function requestsAbout(histories: readonly Resident[], asOf: string): string[] {
  return histories.map((resident) => JSON.stringify({ asOf, policy: 'chengdu', resident }));
}

/** What the slice needs of each resident, derived: all that the peers are given. */
export function deriveFacts(
  slice: CompiledPolicy,
  residents: readonly Resident[],
  asOf: CivilDate,
): SliceFacts[] {
  const read = sliceFactsReader(slice);
  return residents.map((resident) => read(decide(slice, resident, asOf).facts));
}

export function decide(policy: CompiledPolicy, resident: Resident, asOf: CivilDate): PolicyRun {
  return runPolicy(policy, new ResidentLife(resident, asOf, policy.rules), asOf);
}
