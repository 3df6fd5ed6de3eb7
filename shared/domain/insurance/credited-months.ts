import type { CivilMonth } from '../calendar/civil-month.ts';
import { byStart } from '../calendar/in-order.ts';

/** Months from `from` to `to`, both included. */
export interface MonthInterval {
  readonly from: CivilMonth;
  readonly to: CivilMonth;
}

/** Credited months as disjoint intervals in order, none touching the next: every month is in it once or not at all. */
export type CreditedMonths = readonly MonthInterval[];

/** Merges intervals in any order that may overlap; a month counts once. */
export function creditedMonths(intervals: readonly MonthInterval[]): CreditedMonths {
  const months: MonthInterval[] = [];
  for (const interval of byStart(intervals)) credit(months, interval);
  return months;
}

/** Adds an interval to credited months, of which none begins later; a month counts once. */
export function credit(months: MonthInterval[], { from, to }: MonthInterval): void {
  const last = months.length - 1;
  // What stands before the first element would be looked for as a name.
  if (last === -1 || from > months[last]!.to + 1) months.push({ from, to });
  else if (to > months[last]!.to) months[last] = { from: months[last]!.from, to };
}

/** Later than any month that is asked about. */
const FOR_GOOD = 1_000_000 as CivilMonth;

/** The same months, none of them later than `from`, and every month from `from` on. */
export function goingOn(months: CreditedMonths, from: CivilMonth): CreditedMonths {
  const last = months.at(-1);
  if (last === undefined || last.to + 1 < from) return [...months, { from, to: FOR_GOOD }];
  return [...months.slice(0, -1), { from: last.from, to: FOR_GOOD }];
}

/** The months that are in both. */
export function intersectMonths(a: CreditedMonths, b: CreditedMonths): CreditedMonths {
  const common: MonthInterval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i]!, b[j]!];
    const from = Math.max(left.from, right.from) as CivilMonth;
    const to = Math.min(left.to, right.to) as CivilMonth;
    if (from <= to) common.push({ from, to });
    if (left.to < right.to) i += 1;
    else j += 1;
  }
  return common;
}

/** Whether `month` is credited. */
export function isCredited(months: CreditedMonths, month: CivilMonth): boolean {
  return areCredited(months, month, month);
}

/** Whether every month from `from` to `to` (both included) is credited. */
export function areCredited(months: CreditedMonths, from: CivilMonth, to: CivilMonth): boolean {
  for (const interval of months) {
    if (interval.from <= from && to <= interval.to) return true;
  }
  return false;
}

/**
 * Credited months in the run that ends in `cutOff`, walking back over gaps of at most `maxGap` months, which do not
 * count themselves; 0 when the months up to `cutOff` without credit are more than `maxGap`. Months before `earliest`
 * do not count.
 */
export function continuousRun(
  months: CreditedMonths,
  cutOff: CivilMonth,
  maxGap: number,
  earliest: CivilMonth,
): number {
  let run = 0;
  let nextStart = cutOff + 1;
  for (let index = months.length - 1; index >= 0; index--) {
    const { from, to } = months[index]!;
    if (from > cutOff) continue;
    const last = Math.min(to, cutOff);
    if (nextStart - last - 1 > maxGap || last < earliest) break;
    run += last - Math.max(from, earliest) + 1;
    nextStart = from;
  }
  return run;
}

/** Credited months from `earliest` to `cutOff`, both included. */
export function cumulativeCount(months: CreditedMonths, cutOff: CivilMonth, earliest: CivilMonth): number {
  let count = 0;
  for (const { from, to } of months) {
    const first = Math.max(from, earliest);
    const last = Math.min(to, cutOff);
    if (first <= last) count += last - first + 1;
  }
  return count;
}
