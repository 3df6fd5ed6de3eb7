import { type CivilDate, civilDate, daysInMonth, digits, TWO_DIGITS, yearMonthDay } from './civil-date.ts';

/** A civil month as `year * 12 + (month - 1)`: consecutive months are consecutive integers. */
export type CivilMonth = number & { readonly __brand: 'CivilMonth' };

/** The civil month of a year and a month (1 to 12). */
export function civilMonth(year: number, month: number): CivilMonth {
  return (year * 12 + month - 1) as CivilMonth;
}

/** Parses `YYYY-MM`; null when it is not a real month or lies outside 1900-01 to 2199-12 (inclusive). */
export function parseCivilMonth(text: string): CivilMonth | null {
  if (text.length !== 7 || text[4] !== '-') return null;
  const [year, month] = [digits(text, 0, 4), digits(text, 5, 7)];
  return year >= 1900 && year <= 2199 && month >= 1 && month <= 12 ? civilMonth(year, month) : null;
}

/** `YYYY-MM` of a civil month. */
export function formatCivilMonth(month: CivilMonth): string {
  const monthOfYear = (month % 12) + 1;
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${TWO_DIGITS[monthOfYear]}`;
}

/** The month that `date` lies in. */
export function monthOf(date: CivilDate): CivilMonth {
  const { year, month } = yearMonthDay(date);
  return civilMonth(year, month);
}

/** The first day of `month`. */
export function firstDayOf(month: CivilMonth): CivilDate {
  return civilDate(Math.floor(month / 12), (month % 12) + 1, 1);
}

/** The last day of `month`. */
export function lastDayOf(month: CivilMonth): CivilDate {
  const [year, monthOfYear] = [Math.floor(month / 12), (month % 12) + 1];
  return civilDate(year, monthOfYear, daysInMonth(year, monthOfYear));
}
