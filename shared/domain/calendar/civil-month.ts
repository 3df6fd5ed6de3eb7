import { type CivilDate, civilDate, daysInMonth, yearMonthDay } from './civil-date.ts';

/** A civil month as `year * 12 + (month - 1)`: consecutive months are consecutive integers. */
export type CivilMonth = number & { readonly __brand: 'CivilMonth' };

/** The civil month of a year and a month (1 to 12). */
export function civilMonth(year: number, month: number): CivilMonth {
  return (year * 12 + month - 1) as CivilMonth;
}

const ISO_MONTH = /^(\d{4})-(\d{2})$/;

/** Parses `YYYY-MM`; null when it is not a real month or lies outside 1900-01 to 2199-12 (inclusive). */
export function parseCivilMonth(text: string): CivilMonth | null {
  const match = ISO_MONTH.exec(text);
  if (match === null) return null;
  const [year, month] = [Number(match[1]), Number(match[2])];
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return null;
  return civilMonth(year, month);
}

/** `YYYY-MM` of a civil month. */
export function formatCivilMonth(month: CivilMonth): string {
  const monthOfYear = (month % 12) + 1;
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${monthOfYear < 10 ? '0' : ''}${monthOfYear}`;
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
