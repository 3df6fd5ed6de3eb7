import type { CivilDate } from '../calendar/civil-date.ts';
import type { PermitEventRecord } from '../residence/permit.ts';
import type { ResidencePeriodRecord } from '../residence/residence.ts';
import { type AreaUnits, inSameUnit } from './areas.ts';

/** Where somebody lived from a day on; `areaCode` null: not told. */
export interface Place {
  readonly from: CivilDate;
  readonly areaCode: string | null;
}

/** From when on somebody has lived in the unit of their present area: for certain, and if untold areas lie in it. */
export interface MoveIntoUnit {
  readonly surely: CivilDate;
  readonly perhaps: CivilDate;
}

/**
 * The day of the move into the unit that the last of `places` (in order, not empty) lies in. `here` is the present
 * area, null where it is not told.
 */
export function moveIntoUnit(places: readonly Place[], here: string | null, units: AreaUnits): MoveIntoUnit {
  let perhaps = places.at(-1)!.from;
  let surely: CivilDate | null = null;
  for (const { from, areaCode } of places.slice(0, -1).reverse()) {
    const membership = areaCode === null || here === null ? 'unknown' : inSameUnit(areaCode, here, units);
    if (membership === 'out') break;
    if (membership === 'unknown') surely ??= perhaps;
    perhaps = from;
  }
  return { surely: surely ?? perhaps, perhaps };
}

/** Where a stretch of registrations that began on `since` was spent, up to `asOf`. */
export function registeredPlaces(
  periods: readonly ResidencePeriodRecord[],
  since: CivilDate,
  asOf: CivilDate,
): Place[] {
  const days = new Set<CivilDate>([since]);
  for (const { from, to } of periods) {
    for (const day of [from, to]) if (day !== null && day > since && day <= asOf) days.add(day);
  }
  const places: Place[] = [];
  let before: ResidencePeriodRecord | null = null;
  for (const day of [...days].sort((a, b) => a - b)) {
    const period = latestPeriodOn(periods, day)!;
    if (period !== before) places.push({ from: day, areaCode: period.areaCode });
    before = period;
  }
  return places;
}

/** Where a permit was for from its issue on, up to `asOf`. */
export function permitPlaces(
  events: readonly PermitEventRecord[],
  since: CivilDate,
  asOf: CivilDate,
): Place[] {
  return events
    .filter((event) => event.type === 'issued' || event.type === 'moved')
    .filter((event) => event.on >= since && event.on <= asOf)
    .map((event) => ({ from: event.on, areaCode: event.areaCode }))
    .sort((a, b) => a.from - b.from);
}

/** The registration that holds on a day: of several the one that began last. */
export function latestPeriodOn(
  periods: readonly ResidencePeriodRecord[],
  date: CivilDate,
): ResidencePeriodRecord | null {
  let latest: ResidencePeriodRecord | null = null;
  for (const period of periods) {
    if (period.from > date || (period.to !== null && period.to <= date)) continue;
    if (
      latest === null ||
      period.from > latest.from ||
      (period.from === latest.from && (period.areaCode ?? '') > (latest.areaCode ?? ''))
    ) {
      latest = period;
    }
  }
  return latest;
}
