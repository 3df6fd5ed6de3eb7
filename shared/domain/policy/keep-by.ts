import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { type CivilMonth, lastDayOf } from '../calendar/civil-month.ts';
import { cutOffMonth } from '../insurance/cut-off.ts';
import { NOT_PAYING } from '../insurance/insurance-count.ts';
import type { InsuranceKind } from '../resident/resident.ts';
import { isInside } from './bounds.ts';
import type { CompiledRoute } from './compiled-policy.ts';
import type { PolicyRun } from './evaluate.ts';
import type { CompiledFact } from './facts/compiled-fact.ts';
import { type InsuranceFact, settledMonth } from './facts/insurance-fact.ts';
import { permitStatusFact } from './facts/permit-facts.ts';
import { MET } from './outcome.ts';

/** What must be done, and by which day (inclusive), not to lose a service. */
export type KeepBy =
  | { readonly action: 'endorse-permit'; readonly from: CivilDate; readonly by: CivilDate }
  | {
      readonly action: 'pay-insurance';
      readonly kinds: readonly InsuranceKind[];
      /** The last month that may be paid: if it and all after it stay unpaid, the condition is lost. */
      readonly month: CivilMonth;
      readonly by: CivilDate;
    };

/** Finds what keeps a route by which a person qualifies: the next window to endorse in, the next month to pay. */
export class KeepByFinder {
  private readonly run: PolicyRun;
  /** By test: routes share them. */
  private readonly found: (KeepBy | null | undefined)[];

  private readonly endorsement: KeepBy | null;

  constructor(run: PolicyRun) {
    this.run = run;
    this.endorsement = endorsement(run);
    this.found = new Array(run.policy.tests.length);
  }

  /** In order of the days by which to act. */
  route(route: CompiledRoute): readonly KeepBy[] {
    const { run } = this;
    const items: KeepBy[] = [];
    for (const condition of route.conditions) {
      if (run.outcomes[condition.node] !== MET) continue;
      for (const test of condition.tests) {
        const item = run.outcomes[run.policy.testNode[test]!] === MET ? this.byTest(test) : null;
        if (item !== null && !items.includes(item)) items.push(item);
      }
    }
    return items.length < 2 ? items : items.sort((a, b) => a.by - b.by);
  }

  private byTest(test: number): KeepBy | null {
    let item = this.found[test];
    if (item === undefined) {
      const fact = this.run.policy.facts[this.run.policy.tests[test]!.fact]!;
      if (fact === permitStatusFact || this.isLostByLapse(fact)) item = this.endorsement;
      else item = 'counter' in fact ? payment(this.run, test, fact as InsuranceFact) : null;
      this.found[test] = item;
    }
    return item;
  }

  /** Months of residence stop counting when the permit lapses, unless the policy bridges lapses. */
  private isLostByLapse(fact: CompiledFact): boolean {
    return fact.inputs[0] === 'residence.continuousMonths' && this.run.policy.rules.lapsePolicy !== 'bridge';
  }
}

function endorsement(run: PolicyRun): KeepBy | null {
  const next = run.life.permit?.nextEndorsement ?? null;
  return next === null
    ? null
    : { action: 'endorse-permit', from: next.from, by: addDays(next.anniversary, -1) };
}

/** Lets the months go by without a payment until the test is lost, and tells which month should have been paid. */
function payment(run: PolicyRun, test: number, fact: InsuranceFact): KeepBy | null {
  const { bounds } = run.policy.tests[test]!;
  const { rule, spec } = fact;
  const counter = fact.counter(run.life)!;
  const start = run.life.asOfMonth;
  const end = settledMonth(rule, start);
  for (let month = (start + 1) as CivilMonth; month <= end; month++) {
    const { low } = counter.countAt(month, false);
    if (isInside(bounds, low)) continue;
    let unpaid = low === NOT_PAYING ? month : cutOffMonth(rule.cutOff, month);
    // A run breaks at the first gap that is too long, which may be long before the cut-off month that shows it.
    if (rule.mode === 'continuous')
      unpaid = Math.min(unpaid, counter.lastMonth + rule.maxGap + 1) as CivilMonth;
    if (unpaid < start) return null;
    return { action: 'pay-insurance', kinds: spec.kinds, month: unpaid, by: lastDayOf(unpaid) };
  }
  return null;
}
