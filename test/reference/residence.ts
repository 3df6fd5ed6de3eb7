import type { PackParameters } from '../../shared/domain/policy/pack-schema.ts';
import { sameUnit } from './areas.ts';
import { addDays, type Day, earliestOf, fullMonths, nextDay, previousDay } from './calendar.ts';
import type { Suspension } from './permit.ts';
import { permitAreaAt } from './permit.ts';
import { covers, periodOn, periodsOf, residenceArea, type Situation } from './situation.ts';

/**
 * A number that may not be certain. Outside: what it could be, as far as the facts go (none: nothing is known).
 * Inside: what it could be as far as the law goes.
 */
export type Possibilities = readonly (readonly number[])[];

type Groups = readonly (readonly string[])[];
type LapsePolicy = PackParameters['lapsePolicy'];

/** First day of the current unbroken registration, else the day the permit was issued (section 3). */
export function residenceSince(situation: Situation): Day | null {
  const periods = periodsOf(situation.resident);
  if (periods?.some((period) => covers(period, situation.asOf))) {
    let day = situation.asOf;
    while (periods.some((period) => covers(period, previousDay(day)))) day = previousDay(day);
    return day;
  }
  const { permit } = situation;
  return permit === null || permit.status === 'cancelled' ? null : permit.issuedOn;
}

/** `residence.continuousMonths`; with `groups`, of the current stretch in one area unit only. */
export function continuousMonths(situation: Situation, groups?: Groups): Possibilities {
  const stated = groups ? statedInOneArea(situation) : statedMonths(situation, 'continuous');
  if (stated !== null) return stated;
  return startsOf(situation, groups).map((start) =>
    readingsOf(situation.parameters.lapsePolicy).map((policy) =>
      continuousFrom(start, situation.permit?.suspensions ?? [], situation.on, policy),
    ),
  );
}

/** `residence.cumulativeMonths`. */
export function cumulativeMonths(situation: Situation, groups?: Groups): Possibilities {
  const stated = groups ? statedInOneArea(situation) : statedMonths(situation, 'cumulative');
  if (stated !== null) return stated;
  const suspensions = situation.permit?.suspensions ?? [];
  if (groups !== undefined) {
    return startsOf(situation, groups).map((start) => [
      unsuspended({ from: start, to: situation.on }, suspensions),
    ]);
  }
  const stretches = stretchesOf(situation);
  if (stretches.length === 0 && periodsOf(situation.resident) === null) return [];
  return [[stretches.reduce((sum, stretch) => sum + unsuspended(stretch, suspensions), 0)]];
}

/** Months as the request states them; n whole years are 12n to 12n + 11 months. They grow in a forecast. */
function statedMonths({ resident, asOf, on }: Situation, which: 'continuous' | 'cumulative') {
  const { residence } = resident;
  if (!residence || 'periods' in residence) return null;
  const grown = fullMonths(asOf, on);
  if (which === 'cumulative') {
    return residence.cumulativeMonths == null ? null : [[residence.cumulativeMonths + grown]];
  }
  if (residence.continuousMonths != null) return [[residence.continuousMonths + grown]];
  const years = residence.continuousYears;
  if (years == null) return null;
  return Array.from({ length: 12 }, (_, month) => [12 * years + month + grown]);
}

/** Where a summary does not say how long the person has lived in this one area: between no time and all of it. */
function statedInOneArea(situation: Situation): Possibilities | null {
  const { residence } = situation.resident;
  if (residence && !('periods' in residence) && residence.sameAreaMonths != null) {
    return [[residence.sameAreaMonths + fullMonths(situation.asOf, situation.on)]];
  }
  const stated = statedMonths(situation, 'continuous');
  if (stated === null) return null;
  const grown = fullMonths(situation.asOf, situation.on);
  const longest = Math.max(...stated.flat());
  return Array.from({ length: longest - grown + 1 }, (_, months) => [grown + months]);
}

/** Where the current stretch may have begun: in each case that the facts leave open. */
function startsOf(situation: Situation, groups: Groups | undefined): Day[] {
  const since = residenceSince(situation);
  if (since === null) return [];
  if (groups === undefined) return [since];
  const here = residenceArea(situation);
  let surely: Day | null = null;
  let perhaps = situation.asOf;
  for (let day = situation.asOf; day >= since; day = previousDay(day)) {
    const then = areaOn(situation, day);
    const same = here === null || then === null ? 'unknown' : sameUnit(here, then, groups).outcome;
    if (same === 'unmet') break;
    if (same === 'unknown') surely ??= perhaps;
    perhaps = day;
  }
  // Two cases: either the days in question all count, or none of them does.
  return surely === null ? [perhaps] : [surely, perhaps];
}

/** Where the resident was registered on a day, or, where only the permit tells, where the permit was. */
function areaOn(situation: Situation, day: Day): string | null {
  const { resident, asOf } = situation;
  const periods = periodsOf(resident);
  if (periods?.some((period) => covers(period, asOf))) return periodOn(periods, day)?.areaCode ?? null;
  return resident.permit ? permitAreaAt(resident.permit, day) : null;
}

const readingsOf = (policy: LapsePolicy): LapsePolicy[] =>
  policy === 'ambiguous-art10' ? ['restart', 'pause'] : [policy];

/** The table of section 3, a row after the other; B is `start`. */
function continuousFrom(
  start: Day,
  suspensions: readonly Suspension[],
  on: Day,
  policy: LapsePolicy,
): number {
  switch (policy) {
    case 'bridge':
      return fullMonths(start, on);
    case 'pause':
      return unsuspended({ from: start, to: on }, suspensions);
    case 'restart':
      return restarted(start, suspensions, on, -1);
    case 'ambiguous-art10':
      throw new Error('two readings, not one');
    default:
      return restarted(start, suspensions, on, policy.graceThenRestart.days);
  }
}

/** Counted again from every make-up that came more than `grace` days late (-1: from every one). */
function restarted(start: Day, suspensions: readonly Suspension[], on: Day, grace: number): number {
  let from = start;
  for (const suspension of suspensions) {
    const madeUp = suspension.to ?? on;
    const inGrace = grace >= 0 && madeUp <= addDays(suspension.from, grace);
    if (inGrace) continue;
    if (suspension.to === null) return 0;
    if (suspension.to > from) from = suspension.to;
  }
  return fullMonths(from, on);
}

/** The full months of each part of a stretch `[from, to)` that lies outside the suspensions, added up. */
function unsuspended(stretch: { from: Day; to: Day }, suspensions: readonly Suspension[]): number {
  let months = 0;
  let from = stretch.from;
  for (const suspension of suspensions) {
    const until = earliestOf(suspension.from, stretch.to);
    if (until > from) months += fullMonths(from, until);
    const madeUp = suspension.to ?? stretch.to;
    if (madeUp > from) from = madeUp;
  }
  return from < stretch.to ? months + fullMonths(from, stretch.to) : months;
}

/** All unbroken stretches `[from, to)` of residence until now; the current one has gone on until `on`. */
function stretchesOf(situation: Situation): { from: Day; to: Day }[] {
  const { asOf, on } = situation;
  const since = residenceSince(situation);
  const current = since === null ? [] : [{ from: since, to: on }];
  const periods = periodsOf(situation.resident) ?? [];
  const firstDay = earliestOf(asOf, ...periods.map((period) => period.from));
  const past: { from: Day; to: Day }[] = [];
  let from: Day | null = null;
  for (let day = firstDay; day <= asOf && (since === null || day <= since); day = nextDay(day)) {
    // The current stretch is not a past one.
    const lived = periods.some((period) => covers(period, day)) && day !== since;
    if (lived && from === null) from = day;
    if (!lived && from !== null) {
      past.push({ from, to: day });
      from = null;
    }
  }
  return [...past, ...current];
}
