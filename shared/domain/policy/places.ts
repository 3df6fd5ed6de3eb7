import type { CivilDate } from '../calendar/civil-date.ts';
import { byStart, inOrder } from '../calendar/in-order.ts';
import { isLater, type PermitEventRecord, tellsPlace } from '../residence/permit.ts';
import type { ResidencePeriodRecord } from '../residence/residence.ts';
import type { AreaUnits } from './areas.ts';

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
    const membership = areaCode === null || here === null ? 'unknown' : units.membership(areaCode, here);
    if (membership === 'out') break;
    if (membership === 'unknown') surely ??= perhaps;
    perhaps = from;
  }
  return { surely: surely ?? perhaps, perhaps };
}

/**
 * Where a stretch of registrations that began on `since` was spent, up to `asOf`. A registration that tells no area was
 * where the permit was for (`permitPlaces`, in order): it moved when the permit did.
 */
export function registeredPlaces(
  periods: readonly ResidencePeriodRecord[],
  permitPlaces: readonly Place[],
  since: CivilDate,
  asOf: CivilDate,
): Place[] {
  const days = [since];
  const add = (day: CivilDate | null) => {
    if (day !== null && day > since && day <= asOf) days.push(day);
  };
  for (const { from, to } of periods) {
    add(from);
    add(to);
  }
  for (const { from } of permitPlaces) add(from);
  const places: Place[] = [];
  let before: ResidencePeriodRecord | null = null;
  let permitBefore: Place | null = null;
  for (const day of inOrder(days)) {
    const period = latestPeriodOn(periods, day)!;
    const permit = period.areaCode === null ? permitPlaceDuring(period, permitPlaces, day) : null;
    // Nothing changes twice on a day either.
    if (period !== before || permit !== permitBefore) {
      places.push({ from: day, areaCode: period.areaCode ?? permit?.areaCode ?? null });
    }
    before = period;
    permitBefore = permit;
  }
  return places;
}

/** What the permit was for on a day of a registration; before there was one, what the first one in that registration was for. */
function permitPlaceDuring(
  { to }: ResidencePeriodRecord,
  permitPlaces: readonly Place[],
  day: CivilDate,
): Place | null {
  const last = permitPlaces.findLast(({ from }) => from <= day);
  if (last !== undefined) return last;
  const [first] = permitPlaces;
  return first !== undefined && (to === null || first.from < to) ? first : null;
}

/** Where permits were for up to `asOf`, in order; of several places told for one day the last. */
export function permitPlaces(events: readonly PermitEventRecord[], asOf: CivilDate): Place[] {
  const told: PermitEventRecord[] = [];
  for (const event of events) {
    if (!tellsPlace(event) || event.on > asOf) continue;
    const other = told.findIndex(({ on }) => on === event.on);
    if (other === -1) told.push(event);
    else if (isLater(event, told[other]!)) told[other] = event;
  }
  return byStart(told.map(({ on, areaCode }) => ({ from: on, areaCode })));
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
