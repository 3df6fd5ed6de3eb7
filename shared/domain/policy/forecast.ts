import { addDays, type CivilDate, LAST_CIVIL_DATE, parseCivilDate } from '../calendar/civil-date.ts';
import { addYears } from '../calendar/duration.ts';
import { inOrder } from '../calendar/in-order.ts';
import type { CompiledPolicy, CompiledService } from './compiled-policy.ts';
import { testOutcome } from './decide-tests.ts';
import { decideSources, type PolicyRun, type RunRoom, runPolicy } from './evaluate.ts';
import { type EvaluationRoom, evaluationRoom } from './evaluation-room.ts';
import { MET } from './outcome.ts';
import type { PolicyHistory } from './policy-history.ts';
import { MAY_BE_MET, MAY_BE_UNKNOWN, MAY_BE_UNMET, possibleOutcomes } from './possible-outcomes.ts';
import { runProgram } from './program.ts';
import type { ResidentLife } from './resident-life.ts';

/** How far ahead a day is looked for on which a service is had; one on which it ends, as far as there are days. */
const YEARS_AHEAD = 50;

/** Days, in order, on which the outcome of a test changes while life goes on, with the outcome from that day on. */
interface Timeline {
  readonly node: number;
  readonly days: readonly CivilDate[];
  readonly outcomes: readonly number[];
}

const LAST_DAY = parseCivilDate(LAST_CIVIL_DATE)!;

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Looks ahead from asOf, life going on as it is (semantics section 6), through the versions already published. It is
 * exact: time changes a test only on days that its fact names, so between those days nothing can change.
 */
export class Forecast {
  private readonly lifeUnder: (policy: CompiledPolicy) => ResidentLife;
  private readonly asOf: CivilDate;
  /** The last day on which a service may come to be had. */
  private readonly lastBeginning: CivilDate;
  private readonly policy: CompiledPolicy;
  private readonly now: Segment;
  /** The versions that take effect after asOf, in order; and what was looked at of them. */
  private readonly later: readonly CompiledPolicy[];
  private readonly segments: (Segment | undefined)[] = [];

  /**
   * `now` is the policy in force at asOf applied to the life at asOf; `lifeUnder` gives the same life as the parameters
   * of a later version read it; `room` is the room of the policy in force at asOf.
   */
  constructor(
    history: PolicyHistory,
    now: PolicyRun,
    lifeUnder: (policy: CompiledPolicy) => ResidentLife,
    room: EvaluationRoom,
  ) {
    this.lifeUnder = lifeUnder;
    this.asOf = now.day;
    this.lastBeginning = addYears(now.day, YEARS_AHEAD);
    this.policy = now.policy;
    this.later = versionsAfter(history, now.day);
    this.now = new Segment(now, lastDayBefore(this.later[0], now.policy), room);
  }

  /**
   * The first day after asOf on which being eligible for a service of the policy in force becomes `eligible`; null: never, or
   * for the beginning not within 50 years.
   */
  firstDay(service: CompiledService, eligible: boolean): CivilDate | null {
    const day = this.now.firstDay(service, eligible, this.asOf) ?? this.firstDayLater(service, eligible);
    return day !== null && eligible && day > this.lastBeginning ? null : day;
  }

  /** The same once the policy in force at asOf no longer is. */
  private firstDayLater({ code }: CompiledService, eligible: boolean): CivilDate | null {
    let last: number = lastDayBefore(this.later[0], this.policy);
    for (let place = 0; place < this.later.length; place++) {
      const version = this.later[place]!;
      // Between two versions none is in force, and nobody is eligible under none.
      const end = addDays(last as CivilDate, 1);
      if (version.effectiveFrom > end && !eligible) return end;
      const index = version.serviceIndex.get(code);
      if (index === undefined) {
        if (!eligible) return version.effectiveFrom;
      } else {
        const day = this.segment(place).firstDay(version.services[index]!, eligible, this.asOf);
        if (day !== null) return day;
      }
      last = lastDayBefore(this.later[place + 1], version);
    }
    return last >= LAST_DAY || eligible ? null : addDays(last as CivilDate, 1);
  }

  private segment(place: number): Segment {
    let segment = this.segments[place];
    if (segment === undefined) {
      const version = this.later[place]!;
      const room = evaluationRoom(version);
      const run = runPolicy(version, this.lifeUnder(version), version.effectiveFrom, room.now);
      segment = new Segment(run, lastDayBefore(this.later[place + 1], version), room);
      this.segments[place] = segment;
    }
    return segment;
  }
}

/** Those that take effect after a day, in order. */
function versionsAfter({ versions }: PolicyHistory, day: CivilDate): readonly CompiledPolicy[] {
  let first = versions.length;
  // From the last one: most evaluations are for a day in its time.
  while (first > 0 && versions[first - 1]!.effectiveFrom > day) first--;
  return versions.slice(first);
}

/** The last day of a version: that written down, or the one before the next version begins; the last there is where none does. */
function lastDayBefore(next: CompiledPolicy | undefined, { effectiveUntil }: CompiledPolicy): CivilDate {
  return Math.min(effectiveUntil, next === undefined ? LAST_DAY : next.effectiveFrom - 1) as CivilDate;
}

/** One policy version from the day of a run to its last day. */
class Segment {
  private readonly run: PolicyRun;
  private readonly until: CivilDate;
  /** By test; null: its outcome stays as it is. */
  private readonly timelines: (Timeline | null | undefined)[];
  /** By place of a root, for each of the two questions: services that rest on the same node change on the same day. */
  private readonly firstDays: (CivilDate | null | undefined)[] = [];
  /** By node. */
  private readonly possible: Uint8Array;
  /** Room for the facts and outcomes of later days. */
  private readonly later: RunRoom;

  constructor(run: PolicyRun, until: CivilDate, { later, possible }: EvaluationRoom) {
    this.run = run;
    this.until = until;
    this.timelines = new Array(run.policy.tests.length);
    this.later = later;
    this.possible = possible;
    possibleOutcomes(run, possible);
  }

  /** The first day after asOf, in this segment, on which the service is (or is not) eligible; null: on none. */
  firstDay(service: CompiledService, eligible: boolean, asOf: CivilDate): CivilDate | null {
    const { day: start, outcomes: now } = this.run;
    if (start > asOf && (now[service.root] === MET) === eligible) return start;
    const wanted = eligible ? MAY_BE_MET : MAY_BE_UNMET | MAY_BE_UNKNOWN;
    if ((this.possible[service.root]! & wanted) === 0) return null;
    const question = service.rootPlace * 2 + (eligible ? 1 : 0);
    let day = this.firstDays[question];
    if (day === undefined) {
      day = this.findFirstDay(service, eligible);
      this.firstDays[question] = day;
    }
    return day;
  }

  private findFirstDay(service: CompiledService, eligible: boolean): CivilDate | null {
    const { policy, day: start, outcomes: now } = this.run;
    const timelines: Timeline[] = [];
    for (const test of service.changingTests) {
      const timeline = this.timeline(test);
      if (timeline !== null) timelines.push(timeline);
    }
    if (timelines.length === 0 && service.limitedSources.length === 0) return null;
    const { outcomes } = this.later;
    const next = timelines.map(() => 0);
    outcomes.set(now);
    for (let day: number = start; ; ) {
      day = Math.min(earliest(timelines, next), this.firstSourceChangeAfter(day, service));
      if (day === NEVER) return null;
      for (let index = 0; index < timelines.length; index++) {
        const timeline = timelines[index]!;
        const position = next[index]!;
        if (timeline.days[position] !== day) continue;
        outcomes[timeline.node] = timeline.outcomes[position]!;
        next[index] = position + 1;
      }
      decideSources(policy, day as CivilDate, outcomes);
      runProgram(policy, service.program, outcomes);
      if ((outcomes[service.root] === MET) === eligible) return day as CivilDate;
    }
  }

  /** The first day after `day`, in this segment, on which a source of the service begins or is no longer in force. */
  private firstSourceChangeAfter(day: number, { limitedSources }: CompiledService): number {
    let first = NEVER;
    for (const source of limitedSources) {
      const { from, until } = this.run.policy.sources[source]!;
      for (const change of [from, until + 1]) {
        if (change > day && change <= this.until && change < first) first = change;
      }
    }
    return first;
  }

  private timeline(test: number): Timeline | null {
    let timeline = this.timelines[test];
    if (timeline === undefined) {
      timeline = this.computeTimeline(test);
      this.timelines[test] = timeline;
    }
    return timeline;
  }

  private computeTimeline(test: number): Timeline | null {
    const { policy, life, day: start, outcomes: now } = this.run;
    const { fact } = policy.tests[test]!;
    const compiled = policy.facts[fact]!;
    const candidates = compiled.changes!(life, policy.testLimits[test]!, this.until);
    if (candidates.length === 0) return null;
    const { facts } = this.later;
    if (policy.sexFact >= 0) policy.facts[policy.sexFact]!.read(life, start, facts, policy.sexFact);
    const node = policy.testNode[test]!;
    const days: CivilDate[] = [];
    const outcomes: number[] = [];
    let last: number = now[node]!;
    let before: number = start;
    for (const day of inOrder(candidates)) {
      if (day <= before) continue;
      before = day;
      compiled.read(life, day, facts, fact);
      const outcome = testOutcome(policy, test, facts);
      if (outcome === last) continue;
      days.push(day);
      outcomes.push(outcome);
      last = outcome;
    }
    return days.length === 0 ? null : { node, days, outcomes };
  }
}

/** The earliest of the days that come next; `next` is a position in each timeline. */
function earliest(timelines: readonly Timeline[], next: readonly number[]): number {
  let first = NEVER;
  for (let index = 0; index < timelines.length; index++) {
    const day = timelines[index]!.days[next[index]!] ?? NEVER;
    if (day < first) first = day;
  }
  return first;
}
