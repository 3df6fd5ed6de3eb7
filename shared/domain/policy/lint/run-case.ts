import { type CivilDate, parseCivilDate } from '../../calendar/civil-date.ts';
import type { PlacedFault } from '../../issues/english-issues.ts';
import { findContradictions } from '../../resident/contradictions.ts';
import type { Resident } from '../../resident/resident.ts';
import type { CaseFile, PolicyCase, ServiceExpectation } from '../case-schema.ts';
import { evaluateEligibility } from '../evaluate-eligibility.ts';
import type { PolicyHistory } from '../policy-history.ts';

/** Checks a resident of a case as a request would be; gives the resident, or what is wrong with it. */
export type ReadResident = (value: unknown) => { resident: Resident } | { faults: readonly PlacedFault[] };

/** The parts of an answer that a case may expect something of. */
interface AnsweredService {
  readonly code: string;
  readonly outcome: string;
  readonly route: string | null;
  readonly eligibleFrom: string | null;
  readonly eligibleUntil: string | null;
  readonly missing: readonly string[];
  readonly entitlements: readonly { readonly id: string; readonly outcome: string }[];
  readonly conditions: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly because: string | null;
  }[];
}

/** The resident of a case with its `set` applied, or what is wrong with it. */
export function residentOf(
  policyCase: PolicyCase,
  file: CaseFile,
  read: ReadResident,
): ReturnType<ReadResident> {
  const { resident: named, set } = policyCase;
  const base = typeof named === 'string' ? file.residents[named] : named;
  if (base === undefined) {
    return { faults: [{ path: [], message: `names no resident of the file: ${String(named)}` }] };
  }
  const value = structuredClone(base);
  for (const [path, fact] of Object.entries(set ?? {})) setAt(value, path.split('.'), fact);
  const result = read(value);
  if ('faults' in result) return result;
  const contradictions = findContradictions(result.resident, policyCase.asOf);
  return contradictions.length === 0
    ? result
    : {
        faults: contradictions.map(({ pointer, detail }) => ({
          path: pointer.split('/').slice(1),
          message: `${pointer}: ${detail.en}`,
        })),
      };
}

/** Differences between what a case expects and what the policy answers; empty when there are none. */
export function runCase(policyCase: PolicyCase, resident: Resident, history: PolicyHistory): string[] {
  const codes = Object.keys(policyCase.expect);
  const answer = JSON.parse(
    evaluateEligibility(history, resident, {
      asOf: parseCivilDate(policyCase.asOf) as CivilDate,
      services: codes,
      explain: 'full',
      language: 'en',
    }),
  ) as { services: AnsweredService[] };
  return codes.flatMap((code, index) => {
    const expected = policyCase.expect[code]!;
    const service = answer.services[index]!;
    return differences(typeof expected === 'string' ? { outcome: expected } : expected, service);
  });
}

function differences(expected: ServiceExpectation, service: AnsweredService): string[] {
  const found: string[] = [];
  const compare = (what: string, wanted: unknown, actual: unknown) => {
    if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(actual)) return;
    found.push(`${service.code}: ${what} is ${JSON.stringify(actual)}, expected ${JSON.stringify(wanted)}`);
  };
  compare('outcome', expected.outcome, service.outcome);
  compare('route', expected.route, service.route);
  compare('eligibleFrom', expected.eligibleFrom, service.eligibleFrom);
  compare('eligibleUntil', expected.eligibleUntil, service.eligibleUntil);
  compare('missing', expected.missing, service.missing);
  const entitlements = service.entitlements.filter(({ outcome }) => outcome === 'met').map(({ id }) => id);
  compare('entitlements', expected.entitlements, entitlements);
  for (const [id, wanted] of Object.entries(expected.conditions ?? {})) {
    const condition = service.conditions.find((candidate) => candidate.id === id);
    compare(
      `condition ${id}`,
      wanted,
      condition === undefined ? null : (condition.because ?? condition.outcome),
    );
  }
  return found;
}

/** Sets a value at a path, null takes it away; lists are reached by their index. */
function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    if (value === null) delete target[key];
    else target[key] = value;
    return;
  }
  if (typeof target[key] !== 'object' || target[key] === null) target[key] = {};
  setAt(target[key] as Record<string, unknown>, rest, value);
}
