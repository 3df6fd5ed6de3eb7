import * as assert from 'node:assert';
import { type CivilDate, parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { compilePolicy } from '../../shared/domain/policy/compile.ts';
import { evaluateEligibility } from '../../shared/domain/policy/evaluate-eligibility.ts';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import { type PolicyHistory, policyHistory } from '../../shared/domain/policy/policy-history.ts';
import { findContradictions } from '../../shared/domain/resident/contradictions.ts';
import type { Resident } from '../../shared/domain/resident/resident.ts';
import type { Day } from './calendar.ts';
import { type ConditionAnswer, evaluatePack, type ServiceAnswer } from './evaluate.ts';
import { versionInForce } from './forecast.ts';
import { shrink } from './shrink.ts';

/** The versions of a policy, as the product and as the reference hold them. */
export interface BothEngines {
  readonly packs: readonly Pack[];
  readonly history: PolicyHistory;
}

/** What the product answers of a service, as far as the reference answers it too. */
export interface ProductAnswer extends ServiceAnswer {
  readonly eligibleFrom: Day | null;
  readonly eligibleUntil: Day | null;
  readonly missing: readonly string[];
}

export interface Disagreement {
  readonly asOf: Day;
  readonly service: string;
  /** Null: of the service as a whole. */
  readonly condition: string | null;
  readonly product: string;
  readonly reference: string;
  readonly resident: Resident;
}

export function bothEngines(...packs: Pack[]): BothEngines {
  return { packs, history: policyHistory(packs[0]!.policy, packs.map(compilePolicy)) };
}

export function civil(day: Day): CivilDate {
  const date = parseCivilDate(day);
  assert.ok(date !== null, `not a date: ${day}`);
  return date;
}

export function productText(
  engines: BothEngines,
  resident: Resident,
  asOf: Day,
  services?: readonly string[],
): string {
  return evaluateEligibility(engines.history, resident, {
    asOf: civil(asOf),
    explain: 'full',
    language: 'en',
    ...(services === undefined ? {} : { services }),
  });
}

export function productAnswers(
  engines: BothEngines,
  resident: Resident,
  asOf: Day,
  services?: readonly string[],
): ProductAnswer[] {
  return JSON.parse(productText(engines, resident, asOf, services)).services;
}

/** Where product and reference differ: outcome and route of every service, every condition with its reason. */
export function disagreements(engines: BothEngines, resident: Resident, asOf: Day): Disagreement[] {
  const pack = versionInForce(engines.packs, asOf);
  assert.ok(pack !== null, `no version in force on ${asOf}`);
  const reference = evaluatePack(pack, resident, asOf);
  const product = new Map(productAnswers(engines, resident, asOf).map((answer) => [answer.code, answer]));
  return reference.flatMap((expected) => {
    const found: Disagreement[] = [];
    const check = (condition: string | null, ours: string, theirs: string) => {
      if (ours !== theirs) {
        found.push({ asOf, service: expected.code, condition, product: ours, reference: theirs, resident });
      }
    };
    const answer = product.get(expected.code);
    check(null, answer === undefined ? 'absent' : outcomeText(answer), outcomeText(expected));
    const conditions = new Map(answer?.conditions.map((each) => [`${each.route}/${each.id}`, each]));
    for (const condition of expected.conditions) {
      const key = `${condition.route}/${condition.id}`;
      const ours = conditions.get(key);
      check(key, ours === undefined ? 'absent' : conditionText(ours), conditionText(condition));
    }
    return found;
  });
}

const outcomeText = ({ outcome, route }: ServiceAnswer) => `${outcome} by ${route}`;
const conditionText = ({ outcome, because }: ConditionAnswer) =>
  because === null ? outcome : `${outcome}: ${because}`;

/** A message for a failing test: how many, and the first brought down to what it takes. */
export function describeDisagreements(engines: BothEngines, found: readonly Disagreement[]): string {
  const [first] = found;
  if (first === undefined) return 'no disagreements';
  const resident = shrink(
    first.resident,
    (smaller) =>
      findContradictions(smaller, first.asOf).length === 0 &&
      disagreements(engines, smaller, first.asOf).some(
        (each) =>
          each.service === first.service &&
          each.condition === first.condition &&
          each.product === first.product &&
          each.reference === first.reference,
      ),
  );
  const { asOf, service, condition, product, reference } = first;
  return `${found.length} disagreements; ${asOf} ${service} ${condition ?? ''}: product ${product}, reference ${reference}\n  ${JSON.stringify(resident)}`;
}
