import type { ResidencePeriod } from '../../shared/domain/resident/resident.ts';
import { type Day, earliestOf, nextDay, previousDay } from './calendar.ts';
import type { PermitReading } from './permit.ts';

/** Unbroken stretches of residence up to a day (semantics section 3). */
export interface Stretches {
  /** First day of the current one; null: there is none to be seen. */
  readonly since: Day | null;
  /** Those before it, each `[from, to)`. */
  readonly past: readonly { readonly from: Day; readonly to: Day }[];
}

export const covers = (period: ResidencePeriod, day: Day) =>
  period.from <= day && (period.to == null || day < period.to);

/** The registration that holds on `day`; of several the one that began last. */
export function periodOn(periods: readonly ResidencePeriod[], day: Day): ResidencePeriod | null {
  return periods
    .filter((period) => covers(period, day))
    .reduce<ResidencePeriod | null>(
      (last, period) => (last === null || period.from > last.from ? period : last),
      null,
    );
}

/** By walking over the days. Without a registration, residence counts from the issue of a permit not cancelled. */
export function stretchesOf(
  registered: readonly ResidencePeriod[] | null,
  permit: PermitReading | null,
  asOf: Day,
): Stretches {
  const periods = registered ?? [];
  const lived = (day: Day) => periods.some((period) => covers(period, day));
  let since: Day | null = null;
  if (lived(asOf)) {
    since = asOf;
    while (lived(previousDay(since))) since = previousDay(since);
  } else if (permit !== null && permit.status !== 'cancelled') {
    since = permit.issuedOn;
  }

  const past: { from: Day; to: Day }[] = [];
  let from: Day | null = null;
  const end = since ?? nextDay(asOf);
  for (let day = earliestOf(asOf, ...periods.map((period) => period.from)); day <= end; day = nextDay(day)) {
    const before = lived(day) && day < end;
    if (before && from === null) from = day;
    if (!before && from !== null) {
      past.push({ from, to: day });
      from = null;
    }
  }
  return { since, past };
}
