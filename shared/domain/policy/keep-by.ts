import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { type CivilMonth, lastDayOf } from '../calendar/civil-month.ts';
import { cutOffMonth } from '../insurance/cut-off.ts';
import { NOT_PAYING } from '../insurance/insurance-count.ts';
import { type InsuranceKind, PERMIT_STATUSES } from '../resident/resident.ts';
import { type Bounds, isInside } from './bounds.ts';
import type { CompiledRoute, CompiledTest } from './compiled-policy.ts';
import type { PolicyRun } from './evaluate.ts';
import type { CompiledFact } from './facts/compiled-fact.ts';
import { type InsuranceFact, settledMonth } from './facts/insurance-fact.ts';
import { permitStatusFact } from './facts/permit-facts.ts';
import { MET, UNMET } from './outcome.ts';
import { runProgram } from './program.ts';

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
  /** Room for a byte a node. */
  private readonly trial: Uint8Array;
  /** By test: routes share them. */
  private readonly found: (KeepBy | null | undefined)[];
  private readonly endorsement: KeepBy | null;

  constructor(run: PolicyRun, trial: Uint8Array) {
    this.run = run;
    this.trial = trial;
    this.endorsement = endorsement(run);
    this.found = new Array(run.policy.tests.length);
  }

  /** In order of the days by which to act: all that is done, the route stays met; it does not, if one of it is left out. */
  route(route: CompiledRoute): readonly KeepBy[] {
    const needed = this.needed(route);
    return needed.length > 1 ? needed.sort((a, b) => a.by - b.by) : needed;
  }

  /** Of what keeps tests of a route met: what the route needs. Of two things of which one is enough the first that it asks for. */
  private needed(route: CompiledRoute): KeepBy[] {
    const { policy, outcomes } = this.run;
    const items: KeepBy[] = [];
    for (const test of route.tests) {
      const item = this.ofMet(test);
      if (item !== null && !items.includes(item)) items.push(item);
    }
    const needed: KeepBy[] = [];
    if (items.length === 0) return needed;
    const trial = this.trial;
    trial.set(outcomes);
    for (let index = items.length - 1; index >= 0; index--) {
      const item = items[index]!;
      this.write(UNMET, item, route);
      runProgram(policy, route.program, trial);
      if (trial[route.node] === MET) continue;
      this.write(MET, item, route);
      needed.push(item);
    }
    return needed.reverse();
  }

  /** Writes the outcome of those tests of a route that something keeps met. */
  private write(outcome: typeof MET | typeof UNMET, item: KeepBy, { tests }: CompiledRoute): void {
    for (const test of tests) {
      if (this.ofMet(test) === item) this.trial[this.run.policy.testNode[test]!] = outcome;
    }
  }

  /** What keeps a test that is met; null where nothing has to, or it is not met. */
  private ofMet(test: number): KeepBy | null {
    const { policy, outcomes } = this.run;
    return outcomes[policy.testNode[test]!] === MET ? this.byTest(test) : null;
  }

  private byTest(test: number): KeepBy | null {
    let item = this.found[test];
    if (item === undefined) {
      const { policy } = this.run;
      const fact = policy.facts[policy.tests[test]!.fact]!;
      if (this.isLostByLapse(fact, policy.tests[test]!)) item = this.endorsement;
      else item = 'counter' in fact ? payment(this.run, test, fact as InsuranceFact) : null;
      this.found[test] = item;
    }
    return item;
  }

  /** Whether a test is lost when the permit lapses: its status is another then, and months may begin again at nothing. */
  private isLostByLapse(fact: CompiledFact, { values, bounds }: CompiledTest): boolean {
    if (fact === permitStatusFact) return ((values! >> SUSPENDED) & 1) === 0;
    if (fact.inputs[0] !== 'residence.continuousMonths') return false;
    const { lapsePolicy } = this.run.policy.rules;
    return lapsePolicy !== 'bridge' && lapsePolicy !== 'pause' && !isInside(bounds, 0);
  }
}

const SUSPENDED = PERMIT_STATUSES.indexOf('suspended');

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
    const cutOff = cutOffMonth(rule.cutOff, month);
    let unpaid = low === NOT_PAYING ? month : cutOff;
    if (rule.mode === 'continuous') {
      // A run breaks at the first gap that is too long, which may be long before the cut-off month that shows it, unless
      // what is paid after the gap is run enough by then.
      const breaks = counter.lastMonth + rule.maxGap + 1;
      const isEnoughFrom = low === NOT_PAYING ? breaks : cutOff - leastInside(bounds) + 1;
      unpaid = Math.min(unpaid, Math.max(breaks, isEnoughFrom)) as CivilMonth;
    }
    if (unpaid < start) return null;
    return { action: 'pay-insurance', kinds: spec.kinds, month: unpaid, by: lastDayOf(unpaid) };
  }
  return null;
}

/** The least number of months inside bounds. */
function leastInside({ low, lowExcluded }: Bounds): number {
  return lowExcluded ? Math.floor(low) + 1 : Math.ceil(low);
}
