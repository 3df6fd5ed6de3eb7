import { type CivilDate, parseCivilDate } from '../../calendar/civil-date.ts';
import type { Resident } from '../../resident/resident.ts';
import type { Bounds } from '../bounds.ts';
import type { CaseFile, PolicyCase } from '../case-schema.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import { type PolicyRun, runPolicy } from '../evaluate.ts';
import { EXACT } from '../facts/fact-vector.ts';
import { MET, UNMET } from '../outcome.ts';
import type { PackFile } from '../pack-schema.ts';
import { type PolicyHistory, policyHistory } from '../policy-history.ts';
import { ResidentLife } from '../resident-life.ts';
import type { Finding } from './finding.ts';
import { type ReadResident, residentOf, runCase } from './run-case.ts';

/** Runs the cases of a version, and asks that every condition it defines is tested on both sides of its threshold. */
export function lintCases(
  file: PackFile,
  policy: CompiledPolicy,
  history: PolicyHistory,
  cases: CaseFile,
  read: ReadResident,
): Finding[] {
  const { invalid, findings } = lintResidents(cases, read);
  const coverage = new Coverage(policy);
  const tested = historyTested(file, policy, history);
  for (const [index, policyCase] of cases.cases.entries()) {
    const report = (code: Finding['code'], message: string, ...path: (string | number)[]) =>
      findings.push({
        in: 'cases',
        path: ['cases', index, ...path],
        code,
        message: `${policyCase.name}: ${message}`,
      });
    const asOf = parseCivilDate(policyCase.asOf);
    if (asOf === null || asOf < policy.effectiveFrom || asOf > policy.effectiveUntil) {
      report('case-outside-version', 'asOf is not a day on which this version is in force', 'asOf');
      continue;
    }
    if (typeof policyCase.resident === 'string' && invalid.has(policyCase.resident)) continue;
    const unknown = Object.keys(policyCase.expect).filter((code) => !policy.serviceIndex.has(code));
    for (const code of unknown) report('case-invalid', 'the version knows no such service', 'expect', code);
    const result = residentOf(policyCase, cases, read);
    if ('faults' in result) {
      for (const { path, message } of result.faults) {
        report('case-invalid', message, ...placeInCase(policyCase, path));
      }
      continue;
    }
    if (unknown.length > 0) continue;
    for (const difference of runCase(policyCase, result.resident, tested))
      report('case-fails', difference, 'expect');
    coverage.add(result.resident, asOf, Object.keys(policyCase.expect));
  }
  // What cases that cannot be run would have tested is not said to be missing.
  return invalid.size > 0 ? findings : [...findings, ...coverage.gaps(file)];
}

/** What is wrong with the residents a file names, once each and not for every case; and the names of those. */
function lintResidents(
  { residents }: CaseFile,
  read: ReadResident,
): { readonly invalid: ReadonlySet<string>; readonly findings: Finding[] } {
  const invalid = new Set<string>();
  const findings: Finding[] = [];
  for (const [name, value] of Object.entries(residents)) {
    const result = read(value);
    if (!('faults' in result)) continue;
    invalid.add(name);
    for (const { path, message } of result.faults) {
      findings.push({ in: 'cases', path: ['residents', name, ...path], code: 'case-invalid', message });
    }
  }
  return { invalid, findings };
}

/** Where in its case a part of a resident stands; one that the file names is right by itself, and wrong by what is set. */
function placeInCase({ resident, set }: PolicyCase, path: Finding['path']): Finding['path'] {
  if (typeof resident !== 'string') return ['resident', ...path];
  return [set === undefined ? 'resident' : 'set'];
}

/** The history that cases are answered under: that of a version without an end is as if no other followed, so that they hold when one does. */
function historyTested(
  { effective }: PackFile,
  { effectiveFrom }: CompiledPolicy,
  { id, versions }: PolicyHistory,
): PolicyHistory {
  const isTested = (version: CompiledPolicy) =>
    effective.until !== null || version.effectiveFrom <= effectiveFrom;
  return policyHistory(id, versions.filter(isTested));
}

/** What a condition asks, and the services whose cases test it. */
interface Probe {
  /** Tests that ask the same of several kinds of insurance; else one. */
  readonly tests: Set<number>;
  readonly path: readonly (string | number)[];
  readonly id: string;
  readonly services: Set<string>;
}

class Coverage {
  private readonly policy: CompiledPolicy;
  private readonly runs: { readonly run: PolicyRun; readonly services: readonly string[] }[] = [];

  constructor(policy: CompiledPolicy) {
    this.policy = policy;
  }

  add(resident: Resident, asOf: CivilDate, services: readonly string[]): void {
    const life = new ResidentLife(resident, asOf, this.policy.rules);
    this.runs.push({ run: runPolicy(this.policy, life, asOf), services });
  }

  /** What no case tests, among the conditions that the file itself defines. */
  gaps(file: PackFile): Finding[] {
    return this.probes(file).flatMap(({ tests, path, id, services }) => {
      const runs = this.runs
        .filter((run) => run.services.some((code) => services.has(code)))
        .map(({ run }) => run);
      return this.untested([...tests], runs).map(
        (side): Finding => ({
          in: 'pack',
          path,
          code: 'threshold-not-tested',
          message: `${id}: no case ${side}`,
        }),
      );
    });
  }

  private probes(file: PackFile): Probe[] {
    const probes = new Map<string, Probe>();
    for (const service of this.policy.services) {
      for (const { conditions } of service.routes) {
        for (const condition of conditions) {
          const shared = this.policy.pack.conditions[condition.id] === condition.definition;
          const path = shared
            ? ['conditions', condition.id]
            : ['services', service.code, 'conditions', condition.id];
          if (
            shared
              ? !Object.hasOwn(file.conditions, condition.id)
              : !definesCondition(file, service.code, condition.id)
          ) {
            continue;
          }
          for (const test of condition.tests) {
            const key = `${path.join('/')}#${this.question(test)}`;
            const probe = probes.get(key) ?? {
              tests: new Set(),
              path,
              id: condition.id,
              services: new Set(),
            };
            probe.tests.add(test);
            probe.services.add(service.code);
            probes.set(key, probe);
          }
        }
      }
    }
    return [...probes.values()];
  }

  /** What a test asks: tests of several kinds of insurance with the same bounds ask one thing. */
  private question(index: number): string {
    const { fact, bounds, values } = this.policy.tests[index]!;
    const isInsurance = values === null && this.policy.facts[fact]?.key.startsWith('insurance:');
    return isInsurance ? `insurance ${bounds.low} ${bounds.high}` : `${index}`;
  }

  private untested(tests: readonly number[], runs: readonly PolicyRun[]): string[] {
    const test = this.policy.tests[tests[0]!]!;
    if (test.notPublished) return [];
    const { step } = this.policy.facts[test.fact]!;
    // Below a bound of nothing there is no value to test: then, as for what has no order, both outcomes are asked for.
    if (test.values !== null || (test.bounds.low === 0 && !Number.isFinite(test.bounds.high))) {
      const outcomes = new Set(
        runs.flatMap((run) => tests.map((each) => run.outcomes[this.policy.testNode[each]!])),
      );
      return [...(outcomes.has(MET) ? [] : ['meets it']), ...(outcomes.has(UNMET) ? [] : ['fails it'])];
    }
    const facts = tests.map((each) => this.policy.tests[each]!.fact);
    const valuesFor = (sex: number | null) =>
      runs
        .filter((run) => sex === null || this.isOfSex(run.facts, sex))
        .flatMap((run) =>
          facts.filter((fact) => run.facts.state[fact] === EXACT).map((fact) => run.facts.low[fact]!),
        );
    if (test.boundsForWomen === null) return untestedValues(test.bounds, step, valuesFor(null));
    return [
      ...untestedValues(test.bounds, step, valuesFor(0)),
      ...untestedValues(test.boundsForWomen, step, valuesFor(1)),
    ];
  }

  private isOfSex(facts: PolicyRun['facts'], sex: number): boolean {
    return facts.state[this.policy.sexFact] === EXACT && facts.low[this.policy.sexFact] === sex;
  }
}

function definesCondition(file: PackFile, code: string, id: string): boolean {
  return Object.hasOwn(file.services[code]?.conditions ?? {}, id);
}

/** The values next to a bound, on either side, that no case has. */
function untestedValues(bounds: Bounds, step: number, values: readonly number[]): string[] {
  const edges: number[] = [];
  if (Number.isFinite(bounds.low))
    edges.push(bounds.low, bounds.lowExcluded ? bounds.low + step : bounds.low - step);
  if (Number.isFinite(bounds.high))
    edges.push(bounds.high, bounds.highExcluded ? bounds.high - step : bounds.high + step);
  return edges
    .filter((edge) => edge >= 0 && !values.some((value) => Math.abs(value - edge) < step / 2))
    .map((edge) => `has the value ${Number(edge.toFixed(4))}`);
}
