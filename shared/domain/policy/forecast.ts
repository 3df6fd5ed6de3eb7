import { addDays, type CivilDate, LAST_CIVIL_DATE, parseCivilDate } from '../calendar/civil-date.ts';
import { addYears } from '../calendar/duration.ts';
import type { CompiledPolicy, CompiledService } from './compiled-policy.ts';
import { evaluateNodes, type PolicyRun, runPolicy, testOutcome } from './evaluate.ts';
import { type FactVector, factVector } from './facts/fact-vector.ts';
import { MET } from './outcome.ts';
import type { PolicyHistory } from './policy-history.ts';
import type { ResidentLife } from './resident-life.ts';

/** How far ahead a day of change is looked for. */
const HORIZON_YEARS = 50;

/** Days on which the outcome of a test changes while life goes on, with the outcome from that day on. */
interface Timeline {
  readonly days: readonly CivilDate[];
  readonly outcomes: readonly number[];
}

const UNCHANGING: Timeline = { days: [], outcomes: [] };

/**
 * Looks ahead from asOf, life going on as it is (semantics section 6), through the versions already published. It is
 * exact: time changes a test only on days that its fact names, so between those days nothing can change.
 */
export class Forecast {
  private readonly history: PolicyHistory;
  private readonly lifeUnder: (policy: CompiledPolicy) => ResidentLife;
  private readonly asOf: CivilDate;
  private readonly horizon: CivilDate;
  private readonly segments = new Map<CompiledPolicy, Segment>();

  /**
   * `now` is the policy in force at asOf applied to the life at asOf; `lifeUnder` gives the same life as the parameters
   * of a later version read it.
   */
  constructor(history: PolicyHistory, now: PolicyRun, lifeUnder: (policy: CompiledPolicy) => ResidentLife) {
    this.history = history;
    this.lifeUnder = lifeUnder;
    this.asOf = now.day;
    this.horizon = Math.min(addYears(now.day, HORIZON_YEARS), parseCivilDate(LAST_CIVIL_DATE)!) as CivilDate;
    this.segments.set(now.policy, new Segment(now, lastDayOf(now.policy, this.horizon)));
  }

  /** The first day after asOf on which a service's being eligible becomes `eligible`; null within the horizon: never. */
  firstDay(code: string, eligible: boolean): CivilDate | null {
    const { versions } = this.history;
    let from = this.asOf;
    for (const version of versions) {
      if (version.effectiveUntil < this.asOf) continue;
      if (version.effectiveFrom > this.horizon) break;
      if (version.effectiveFrom > this.asOf) {
        // Between two versions none is in force, and nobody is eligible under none.
        if (version.effectiveFrom > from && !eligible) return from;
        from = version.effectiveFrom;
      }
      const segment = this.segment(version, from);
      const index = version.serviceIndex.get(code);
      const day =
        index === undefined
          ? !eligible && from > this.asOf
            ? from
            : null
          : segment.firstDay(version.services[index]!, eligible, this.asOf);
      if (day !== null) return day;
      if (version.effectiveUntil >= this.horizon) return null;
      from = addDays(version.effectiveUntil as CivilDate, 1);
    }
    return eligible || from > this.horizon ? null : from;
  }

  private segment(version: CompiledPolicy, from: CivilDate): Segment {
    let segment = this.segments.get(version);
    if (segment === undefined) {
      segment = new Segment(
        runPolicy(version, this.lifeUnder(version), from),
        lastDayOf(version, this.horizon),
      );
      this.segments.set(version, segment);
    }
    return segment;
  }
}

function lastDayOf(policy: CompiledPolicy, horizon: CivilDate): CivilDate {
  return Math.min(policy.effectiveUntil, horizon) as CivilDate;
}

/** One policy version from the day of a run to its last day. */
class Segment {
  private readonly run: PolicyRun;
  private readonly until: CivilDate;
  private readonly timelines = new Map<number, Timeline>();
  private readonly scratch: FactVector;

  constructor(run: PolicyRun, until: CivilDate) {
    this.run = run;
    this.until = until;
    this.scratch = factVector(run.policy.facts.length);
  }

  /** The first day after asOf, in this segment, on which the service is (or is not) eligible; null: on none. */
  firstDay(service: CompiledService, eligible: boolean, asOf: CivilDate): CivilDate | null {
    const { policy, day: start } = this.run;
    if (start > asOf && (this.run.outcomes[service.root] === MET) === eligible) return start;
    const changing = service.changingTests.filter((test) => this.timeline(test).days.length > 0);
    const days = new Set(changing.flatMap((test) => this.timeline(test).days));
    for (const source of service.endingSources) {
      const day = policy.sources[source]!.until + 1;
      if (day > start && day <= this.until) days.add(day as CivilDate);
    }
    if (days.size === 0) return null;
    const tests = this.run.tests.slice();
    const outcomes = this.run.outcomes.slice();
    const next = new Map(changing.map((test) => [test, 0]));
    for (const day of [...days].sort((a, b) => a - b)) {
      for (const test of changing) {
        const { days: testDays, outcomes: testOutcomes } = this.timeline(test);
        const position = next.get(test)!;
        if (testDays[position] !== day) continue;
        tests[test] = testOutcomes[position]!;
        next.set(test, position + 1);
      }
      evaluateNodes(policy, service.nodes, day, tests, outcomes);
      if ((outcomes[service.root] === MET) === eligible) return day;
    }
    return null;
  }

  private timeline(test: number): Timeline {
    let timeline = this.timelines.get(test);
    if (timeline === undefined) {
      timeline = this.computeTimeline(test);
      this.timelines.set(test, timeline);
    }
    return timeline;
  }

  private computeTimeline(test: number): Timeline {
    const { policy, life, day: start, facts } = this.run;
    const { fact, bounds, boundsForWomen } = policy.tests[test]!;
    const compiled = policy.facts[fact]!;
    const limits = [bounds.low, bounds.high, boundsForWomen?.low, boundsForWomen?.high].filter(
      (limit): limit is number => limit !== undefined && Number.isFinite(limit),
    );
    const candidates = compiled.changes!(life, limits, this.until);
    if (candidates.length === 0) return UNCHANGING;
    if (policy.sexFact >= 0) policy.facts[policy.sexFact]!.read(life, start, this.scratch, policy.sexFact);
    const days: CivilDate[] = [];
    const outcomes: number[] = [];
    let last = testOutcome(policy, test, facts);
    for (const day of [...new Set(candidates)].sort((a, b) => a - b)) {
      if (day <= start) continue;
      compiled.read(life, day, this.scratch, fact);
      const outcome = testOutcome(policy, test, this.scratch);
      if (outcome === last) continue;
      days.push(day);
      outcomes.push(outcome);
      last = outcome;
    }
    return { days, outcomes };
  }
}
