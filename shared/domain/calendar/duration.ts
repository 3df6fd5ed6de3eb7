import { type CivilDate, civilDate, daysInMonth, yearMonthDay } from './civil-date.ts';

/**
 * The corresponding day `months` months after `date` (negative: before); where that month has no such day,
 * its last day (民法典 art. 202). A duration is reached on this day, the day itself included.
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = yearMonthDay(date);
  const target = year * 12 + month - 1 + months;
  const targetYear = Math.floor(target / 12);
  const targetMonth = target - targetYear * 12 + 1;
  return civilDate(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}

/** `date` plus whole years, a year being 12 months: 29 February plus one year is 28 February. */
export function addYears(date: CivilDate, years: number): CivilDate {
  return addMonths(date, years * 12);
}

/**
 * The largest n >= 0 with `anchor + n months <= date`, always counted from the anchor and never by chaining.
 * 0 when `date` lies before the anchor.
 */
export function fullMonths(anchor: CivilDate, date: CivilDate): number {
  if (date <= anchor) return 0;
  const from = yearMonthDay(anchor);
  const to = yearMonthDay(date);
  const months = (to.year - from.year) * 12 + to.month - from.month;
  // The corresponding day of the last month counts from its own length: 31 January reaches a month on 28 February.
  const correspondingDay = Math.min(from.day, daysInMonth(to.year, to.month));
  return to.day >= correspondingDay ? months : months - 1;
}

/** Full years from `anchor` to `date`: floor(fullMonths / 12). */
export function fullYears(anchor: CivilDate, date: CivilDate): number {
  return Math.floor(fullMonths(anchor, date) / 12);
}

/**
 * Age in full years (周岁) on `date`: reached on the birthday; someone born on 29 February gains a year on
 * 28 February of a common year. Throws a RangeError before the birth date.
 */
export function ageOn(birthDate: CivilDate, date: CivilDate): number {
  if (date < birthDate) throw new RangeError('age is not defined before the birth date');
  return fullYears(birthDate, date);
}
