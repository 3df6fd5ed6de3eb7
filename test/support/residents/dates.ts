import {
  addDays,
  type CivilDate,
  civilDate,
  formatCivilDate,
  isLeapYear,
  yearMonthDay,
} from '../../../shared/domain/calendar/civil-date.ts';
import { lastDayOf, monthOf } from '../../../shared/domain/calendar/civil-month.ts';
import { addMonths } from '../../../shared/domain/calendar/duration.ts';
import { type Chooser, chance, pick } from '../chooser.ts';

/** Counts at which rules turn, in months. */
const TURNING_MONTHS = [1, 3, 6, 11, 12, 24, 35, 36, 48, 60, 72, 84, 120] as const;

/** A day up to `years` before `date`, often one on which something turns: an anniversary, a month's end, a leap day. */
export function pastDay(chooser: Chooser, date: CivilDate, years: number): CivilDate {
  const random = addDays(date, -chooser.int(0, years * 365));
  switch (chooser.int(0, 5)) {
    case 0:
      return addDays(addMonths(date, -pick(chooser, TURNING_MONTHS)), chooser.int(-1, 1));
    case 1:
      return addDays(addMonths(date, -12 * chooser.int(0, years)), chooser.int(-1, 0));
    case 2:
      return lastDayOf(monthOf(random)) <= date ? lastDayOf(monthOf(random)) : random;
    case 3:
      return leapDayBefore(random);
    default:
      return random;
  }
}

function leapDayBefore(date: CivilDate): CivilDate {
  let { year } = yearMonthDay(date);
  while (!isLeapYear(year) || civilDate(year, 2, 29) > date) year--;
  return civilDate(year, 2, 29);
}

/** A birth date of someone `from` to `to` years old, often on or beside the birthday of an age at which rules turn. */
export function birthDate(chooser: Chooser, asOf: CivilDate, from: number, to: number): CivilDate {
  if (!chance(chooser, 40)) return addDays(addMonths(asOf, -12 * to), chooser.int(0, (to - from) * 365));
  const age = pick(
    chooser,
    [3, 6, 16, 18, 35, 45, 50, 55, 60, 65, 70, 80, 90, 100].filter((years) => years >= from && years <= to),
  );
  return addDays(addMonths(asOf, -12 * (age ?? from)), chooser.int(-1, 1));
}

/** Days to ask on: ordinary ones, the ends of months, leap days, the turn of the year and of policies. */
export function asOfDay(chooser: Chooser): CivilDate {
  const random = civilDate(chooser.int(2019, 2026), chooser.int(1, 12), chooser.int(1, 28));
  switch (chooser.int(0, 4)) {
    case 0:
      return lastDayOf(monthOf(random));
    case 1:
      return civilDate(pick(chooser, [2020, 2024]), 2, 29);
    case 2:
      return addDays(civilDate(chooser.int(2019, 2026), 1, 1), chooser.int(-1, 1));
    default:
      return random;
  }
}

export { formatCivilDate as wire };
