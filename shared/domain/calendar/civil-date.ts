/**
 * A civil date in Asia/Shanghai as the number of days since 1970-01-01 (which is 0), proleptic Gregorian.
 * Integers, because `Date` turns 2024-02-30 into 1 March and follows the host's time zone.
 */
export type CivilDate = number & { readonly __brand: 'CivilDate' };

/** First and last date that may be given from outside (semantics section 1), both inclusive. */
export const FIRST_CIVIL_DATE = '1900-01-01';
export const LAST_CIVIL_DATE = '2199-12-31';

const MILLISECONDS_PER_DAY = 86_400_000;
/** Shanghai has kept UTC+8 without summer time since 1991-09-15. */
const SHANGHAI_OFFSET_MILLISECONDS = 8 * 3_600_000;

/** Whether `year` is a leap year of the Gregorian calendar. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Number of days in `month` (1 to 12) of `year`. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 0000-03-01 to 1970-01-01. */
const DAYS_TO_1970 = 719_468;
const QUARTERS_OF_CENTURY = 146_097;
const QUARTERS_OF_YEAR = 1461;

/**
 * The civil date of a year (from 0 on), month (1 to 12) and day of the month (1 to 31) that exist; not checked here. Years are
 * counted from March, so that the leap day is the last of its year; whole numbers throughout, after C. Neri and
 * L. Schneider, Euclidean affine functions and their application to calendar algorithms (2022).
 */
export function civilDate(year: number, month: number, day: number): CivilDate {
  const isLate = month <= 2;
  const yearFromMarch = isLate ? year - 1 : year;
  const monthFromMarch = isLate ? month + 12 : month;
  const century = Math.trunc(yearFromMarch / 100);
  const daysOfYears = ((QUARTERS_OF_YEAR * yearFromMarch) >> 2) - century + (century >> 2);
  return (daysOfYears + ((979 * monthFromMarch - 2919) >> 5) + day - 1 - DAYS_TO_1970) as CivilDate;
}

export interface YearMonthDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** Year, month (1 to 12) and day of the month (1 to 31) of a civil date from 0000-03-01 on; see {@link civilDate}. */
export function yearMonthDay(date: CivilDate): YearMonthDay {
  const quarters = 4 * (date + DAYS_TO_1970) + 3;
  const century = Math.trunc(quarters / QUARTERS_OF_CENTURY);
  const ofCentury = (quarters - century * QUARTERS_OF_CENTURY) | 3;
  const yearOfCentury = Math.trunc(ofCentury / QUARTERS_OF_YEAR);
  const dayOfYear = (ofCentury - yearOfCentury * QUARTERS_OF_YEAR) >> 2;
  // Months and days of them in one number, the days in its lower half.
  const both = 2141 * dayOfYear + 197_913;
  const month = both >> 16;
  const day = Math.trunc((both & 0xffff) / 2141) + 1;
  const year = 100 * century + yearOfCentury;
  return month > 12 ? { year: year + 1, month: month - 12, day } : { year, month, day };
}

/**
 * The number that the decimal digits of `text` from `start` to `end` (exclusive) spell; NaN when one is not a digit.
 * Histories hold hundreds of dates: a regular expression would be half of what reading a resident costs.
 */
export function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Parses `YYYY-MM-DD`; null when it is not a real date or lies outside 1900-01-01 to 2199-12-31 (inclusive). */
export function parseCivilDate(text: string): CivilDate | null {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return null;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  // Written so that NaN fails every comparison.
  if (!(text >= FIRST_CIVIL_DATE && text <= LAST_CIVIL_DATE && month >= 1 && month <= 12)) return null;
  return day >= 1 && day <= daysInMonth(year, month) ? civilDate(year, month, day) : null;
}

/** Months and days of a month as they are written. */
export const TWO_DIGITS = Array.from({ length: 32 }, (_, number) => String(number).padStart(2, '0'));

/** `YYYY-MM-DD` of a civil date. */
export function formatCivilDate(date: CivilDate): string {
  const { year, month, day } = yearMonthDay(date);
  return `${year < 1000 ? String(year).padStart(4, '0') : year}-${TWO_DIGITS[month]}-${TWO_DIGITS[day]}`;
}

/** The civil date it is in Shanghai at an instant given in milliseconds since the Unix epoch. */
export function civilDateInShanghai(epochMilliseconds: number): CivilDate {
  return Math.floor((epochMilliseconds + SHANGHAI_OFFSET_MILLISECONDS) / MILLISECONDS_PER_DAY) as CivilDate;
}

/** `date` moved by `days` days, which may be negative. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return (date + days) as CivilDate;
}
