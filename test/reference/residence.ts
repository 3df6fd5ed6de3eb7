import type { PackParameters } from '../../shared/domain/policy/pack-schema.ts';
import type { PermitEvent, ResidencePeriod } from '../../shared/domain/resident/resident.ts';
import { sameUnit } from './areas.ts';
import { addDays, type Day, earliestOf, fullMonths, previousDay } from './calendar.ts';
import { MET, unknown } from './kleene.ts';
import type { Suspension } from './permit.ts';
import { isPermitHistory, lastPermitPlace } from './permit.ts';
import { periodsOf, permitStatus, residenceArea, type Situation } from './situation.ts';
import { covers, periodOn } from './stretches.ts';

/**
 * A number that may not be certain. Outside: what it could be, as far as the facts go (none: nothing is known).
 * Inside: what it could be as far as the law goes.
 */
export type Possibilities = readonly (readonly number[])[];

/** The register shows no residence now, and the police no permit that it could be counted from. */
const isKnownNotToLiveHere = (situation: Situation) =>
  situation.stretches.since === null &&
  periodsOf(situation.resident) !== null &&
  permitStatus(situation) === 'none';

/** The request states the suspension only, not the day on which it began. */
function isSuspendedSinceUnknown({ resident }: Situation): boolean {
  const { permit } = resident;
  return permit != null && !isPermitHistory(permit) && permit.status === 'suspended';
}

type Groups = readonly (readonly string[])[];
/** No rule asks for more than a hundred years. */
const MOST_MONTHS = 1200;

type LapsePolicy = PackParameters['lapsePolicy'];

/** `residence.continuousMonths`; with `groups`, of the current stretch in one area unit only. */
export function continuousMonths(situation: Situation, groups?: Groups): Possibilities {
  const stated = groups ? statedInOneArea(situation) : statedMonths(situation);
  if (stated !== null) return stated;
  if (isKnownNotToLiveHere(situation)) return [[0]];
  const starts = startsOf(situation, groups);
  if (isSuspendedSinceUnknown(situation)) {
    const policy = situation.parameters.lapsePolicy;
    if (policy === 'restart') return starts.map(() => [0]);
    if (policy !== 'bridge') return [];
  }
  return starts.map((start) =>
    readingsOf(situation.parameters.lapsePolicy).map((policy) =>
      continuousFrom(start, situation.permit?.suspensions ?? [], situation.on, policy),
    ),
  );
}

/** `residence.cumulativeMonths`. */
export function cumulativeMonths(situation: Situation, groups?: Groups): Possibilities {
  const stated = groups ? statedInOneArea(situation) : statedInAll(situation);
  if (stated !== null) return stated;
  if (isSuspendedSinceUnknown(situation)) return [];
  const suspensions = situation.permit?.suspensions ?? [];
  if (groups !== undefined) {
    return startsOf(situation, groups).map((start) => [
      unsuspended({ from: start, to: situation.on }, suspensions),
    ]);
  }
  const { since, past } = situation.stretches;
  const stretches = since === null ? past : [...past, { from: since, to: situation.on }];
  if (stretches.length === 0 && periodsOf(situation.resident) === null) return [];
  return [[stretches.reduce((sum, stretch) => sum + unsuspended(stretch, suspensions), 0)]];
}

/** Months as the request states them; n whole years are 12n to 12n + 11 months. They grow in a forecast. */
function statedMonths({ resident, asOf, on }: Situation): Possibilities | null {
  const { residence } = resident;
  if (!residence || 'periods' in residence) return null;
  const grown = fullMonths(asOf, on);
  if (residence.continuousMonths != null) return [[residence.continuousMonths + grown]];
  const years = residence.continuousYears;
  if (years == null) return null;
  return Array.from({ length: 12 }, (_, month) => [12 * years + month + grown]);
}

/** Months in all as stated; else no fewer than the continuous ones. */
function statedInAll(situation: Situation): Possibilities | null {
  const { residence } = situation.resident;
  if (residence && !('periods' in residence) && residence.cumulativeMonths != null) {
    return [[residence.cumulativeMonths + fullMonths(situation.asOf, situation.on)]];
  }
  const continuous = statedMonths(situation);
  if (continuous === null) return null;
  const fewest = Math.min(...continuous.flat());
  return Array.from({ length: MOST_MONTHS - fewest }, (_, more) => [fewest + more]);
}

/** Where a summary does not say how long the person has lived in this one area: between no time and all of it. */
function statedInOneArea(situation: Situation): Possibilities | null {
  const { residence } = situation.resident;
  if (residence && !('periods' in residence) && residence.sameAreaMonths != null) {
    return [[residence.sameAreaMonths + fullMonths(situation.asOf, situation.on)]];
  }
  const stated = statedMonths(situation);
  if (stated === null) return null;
  const grown = fullMonths(situation.asOf, situation.on);
  const longest = Math.max(...stated.flat());
  return Array.from({ length: longest - grown + 1 }, (_, months) => [grown + months]);
}

/** Where the current stretch may have begun: in each case that the facts leave open. */
function startsOf(situation: Situation, groups: Groups | undefined): Day[] {
  const { since } = situation.stretches;
  if (since === null) return [];
  if (groups === undefined) return [since];
  const here = placeOn(situation, situation.asOf);
  const home = residenceArea(situation);
  let surely: Day | null = null;
  let perhaps = situation.asOf;
  for (let day = situation.asOf; day >= since; day = previousDay(day)) {
    const then = placeOn(situation, day);
    const area = then.areaCode;
    const isHere = then.registration === here.registration && then.permit === here.permit;
    const same = isHere ? MET : home && area ? sameUnit(home, area, groups) : unknown('missing');
    if (same.outcome === 'unmet') break;
    if (same.outcome === 'unknown') surely ??= perhaps;
    perhaps = day;
  }
  // Two cases: either the days in question all count, or none of them does.
  return surely === null ? [perhaps] : [surely, perhaps];
}

/**
 * Where somebody was on a day: as registered, else where the permit was for. Of a registration without an area the permit
 * tells as well, before its first event in that registration too.
 */
function placeOn({ resident, asOf }: Situation, day: Day): PlaceThen {
  const periods = periodsOf(resident);
  const events = resident.permit && isPermitHistory(resident.permit) ? resident.permit.events : [];
  const isRegistered = periods?.some((period) => covers(period, asOf)) ?? false;
  if (!isRegistered) return placeThen(null, lastPermitPlace(events, day));
  const registration = periodOn(periods!, day);
  if (registration?.areaCode != null) return placeThen(registration, null);
  const before = lastPermitPlace(events, day);
  if (before !== null || registration === null) return placeThen(registration, before);
  const told = events.filter(
    (event) => event.on <= asOf && (event.type === 'issued' || event.type === 'moved'),
  );
  const firstDay = earliestOf(...told.map((event) => event.on));
  const isWithin = told.length > 0 && (registration.to == null || firstDay < registration.to);
  return placeThen(registration, isWithin ? lastPermitPlace(events, firstDay) : null);
}

interface PlaceThen {
  readonly registration: ResidencePeriod | null;
  readonly permit: PermitEvent | null;
  readonly areaCode: string | null;
}

function placeThen(registration: ResidencePeriod | null, permit: PermitEvent | null): PlaceThen {
  return { registration, permit, areaCode: registration?.areaCode ?? permit?.areaCode ?? null };
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
