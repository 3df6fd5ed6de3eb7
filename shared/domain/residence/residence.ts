import type { CivilDate } from '../calendar/civil-date.ts';
import { fullMonths } from '../calendar/duration.ts';
import { byStart } from '../calendar/in-order.ts';
import type { Suspension } from './permit.ts';

/** A registration of residence `[from, to)`; `to` null: it goes on. */
export interface ResidencePeriodRecord {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly areaCode: string | null;
}

export interface Stretch {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** How continuous residence is counted after a late endorsement (art. 10(3)); the table of semantics section 3. */
export type LapsePolicy =
  | 'restart'
  | 'pause'
  | 'bridge'
  | 'ambiguous-art10'
  | { readonly graceThenRestart: { readonly days: number } };

/** Months under the two readings of art. 10(3); equal unless the policy leaves them open and there was a lapse. */
export interface MonthsByReading {
  readonly restart: number;
  readonly pause: number;
}

const isOpenAt = (period: Stretch, date: CivilDate) => period.to === null || period.to > date;

/** Merges registrations that touch or overlap, in order of their start: a break of even one day separates them. */
export function mergeStretches(periods: readonly ResidencePeriodRecord[]): Stretch[] {
  const stretches: { from: CivilDate; to: CivilDate | null }[] = [];
  for (const { from, to } of byStart(periods)) {
    const last = stretches.at(-1);
    if (last === undefined || (last.to !== null && last.to < from)) stretches.push({ from, to });
    else if (last.to !== null && (to === null || to > last.to)) last.to = to;
  }
  return stretches;
}

/** The stretch that holds on `date` (its first day included, its end not), or null. */
export function stretchOn(stretches: readonly Stretch[], date: CivilDate): Stretch | null {
  return stretches.find((stretch) => stretch.from <= date && isOpenAt(stretch, date)) ?? null;
}

/**
 * Months of continuous residence from `since` to `date` under a lapse policy (semantics section 3). A suspension that
 * began before `since` counts from there. 0 when `date` lies before `since`.
 */
export function continuousMonths(
  since: CivilDate,
  suspensions: readonly Suspension[],
  date: CivilDate,
  policy: LapsePolicy,
): MonthsByReading {
  if (policy === 'bridge' || suspensions.length === 0) return both(fullMonths(since, date));
  if (policy === 'pause') return both(pausedMonths(since, suspensions, date));
  if (policy === 'restart') return both(restartedMonths(since, suspensions, date, -1));
  if (policy === 'ambiguous-art10') {
    return {
      restart: restartedMonths(since, suspensions, date, -1),
      pause: pausedMonths(since, suspensions, date),
    };
  }
  return both(restartedMonths(since, suspensions, date, policy.graceThenRestart.days));
}

/** Months of residence in all stretches up to `date`, suspended time left out (semantics section 3). */
export function cumulativeMonths(
  stretches: readonly Stretch[],
  suspensions: readonly Suspension[],
  date: CivilDate,
): number {
  let months = 0;
  for (const { from, to } of stretches) {
    if (from > date) continue;
    months += pausedMonths(from, suspensions, to === null || to > date ? date : to);
  }
  return months;
}

function both(months: number): MonthsByReading {
  return { restart: months, pause: months };
}

/** A lapse made up after more than `graceDays` days starts the count again; -1: every lapse does. */
function restartedMonths(
  since: CivilDate,
  suspensions: readonly Suspension[],
  date: CivilDate,
  graceDays: number,
): number {
  let from = since;
  for (const suspension of suspensions) {
    const end = suspension.to ?? date;
    if (suspension.to !== null && end <= since) continue;
    if (end - suspension.from <= graceDays) continue;
    if (suspension.to === null) return 0;
    if (suspension.to > from) from = suspension.to;
  }
  return fullMonths(from, date);
}

/** Full months of each stretch between the lapses, added up. */
function pausedMonths(since: CivilDate, suspensions: readonly Suspension[], date: CivilDate): number {
  let from = since;
  let months = 0;
  for (const suspension of suspensions) {
    if (suspension.from >= date) break;
    if (suspension.to !== null && suspension.to <= from) continue;
    if (suspension.from > from) months += fullMonths(from, suspension.from);
    if (suspension.to === null || suspension.to >= date) return months;
    from = suspension.to;
  }
  return months + fullMonths(from, date);
}
