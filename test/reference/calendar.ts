/**
 * Reference calendar (semantics section 1), on ISO strings: they sort as their dates do. Durations are
 * counted out step by step, never divided. Made to be read beside the text, not to be fast.
 */

/** `YYYY-MM-DD`. */
export type Day = string;
/** `YYYY-MM`. */
export type Month = string;

const two = (n: number) => String(n).padStart(2, '0');
const toDay = (year: number, month: number, day: number): Day =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
const toMonth = (year: number, month: number): Month => `${String(year).padStart(4, '0')}-${two(month)}`;

export const yearOf = (date: Day | Month) => Number(date.slice(0, 4));
const monthNumberOf = (date: Day | Month) => Number(date.slice(5, 7));
const dayNumberOf = (date: Day) => Number(date.slice(8, 10));

/** 29 February exists in years that divide by 4, not in those that divide by 100, yet in those that divide by 400. */
export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = [yearOf(text), monthNumberOf(text), dayNumberOf(text)];
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return false;
  return day >= 1 && day <= daysInMonth(year, month);
}

/** Counted out once for each date and number: the same are asked about again and again. */
function remembered<Given, Counted extends string | number>(
  count: (date: string, given: Given) => Counted,
): (date: string, given: Given) => Counted {
  const known = new Map<Given, Map<string, Counted>>();
  return (date, given) => {
    const byDate = known.get(given) ?? new Map<string, Counted>();
    const counted = byDate.get(date) ?? count(date, given);
    known.set(given, byDate.set(date, counted));
    return counted;
  };
}

const nextDays = new Map<Day, Day>();

export function nextDay(date: Day): Day {
  const known = nextDays.get(date);
  if (known !== undefined) return known;
  const [year, month, day] = [yearOf(date), monthNumberOf(date), dayNumberOf(date)];
  let next = toDay(year, month, day + 1);
  if (day === daysInMonth(year, month)) {
    next = month === 12 ? toDay(year + 1, 1, 1) : toDay(year, month + 1, 1);
  }
  nextDays.set(date, next);
  return next;
}

export function previousDay(date: Day): Day {
  const [year, month, day] = [yearOf(date), monthNumberOf(date), dayNumberOf(date)];
  if (day > 1) return toDay(year, month, day - 1);
  return month === 1 ? toDay(year - 1, 12, 31) : toDay(year, month - 1, daysInMonth(year, month - 1));
}

export const earliestOf = (...days: Day[]): Day => days.toSorted()[0]!;

/** `days` may be negative. */
export const addDays = remembered((date: Day, days: number): Day => {
  let result = date;
  for (let n = 0; n < days; n++) result = nextDay(result);
  for (let n = 0; n > days; n--) result = previousDay(result);
  return result;
});

export const nextMonth = (month: Month): Month =>
  monthNumberOf(month) === 12
    ? toMonth(yearOf(month) + 1, 1)
    : toMonth(yearOf(month), monthNumberOf(month) + 1);

export const previousMonth = (month: Month): Month =>
  monthNumberOf(month) === 1
    ? toMonth(yearOf(month) - 1, 12)
    : toMonth(yearOf(month), monthNumberOf(month) - 1);

/** The month `n` months later (earlier, when negative). */
export function shiftMonth(month: Month, n: number): Month {
  const count = yearOf(month) * 12 + (monthNumberOf(month) - 1) + n;
  return toMonth(Math.floor(count / 12), count - Math.floor(count / 12) * 12 + 1);
}

/** Steps from `from` to `to`; 0 when `to` is not later. */
export function monthsBetween(from: Month, to: Month): number {
  let n = 0;
  for (let month = from; month < to; month = nextMonth(month)) n++;
  return n;
}

export const monthOf = (date: Day): Month => date.slice(0, 7);
export const lastDayOf = (month: Month): Day =>
  `${month}-${two(daysInMonth(yearOf(month), monthNumberOf(month)))}`;

/** The same day of the month `n` months later; where that month has no such day, its last day (民法典 202). */
export function addMonths(date: Day, n: number): Day {
  const month = shiftMonth(monthOf(date), n);
  const day = Math.min(dayNumberOf(date), daysInMonth(yearOf(month), monthNumberOf(month)));
  return `${month}-${two(day)}`;
}

/** The largest n >= 0 with anchor + n months <= date; 0 when the date is not after the anchor. */
export const fullMonths = remembered((anchor: Day, date: Day): number => {
  let n = 0;
  while (addMonths(anchor, n + 1) <= date) n++;
  return n;
});

export const fullYears = (anchor: Day, date: Day) => Math.floor(fullMonths(anchor, date) / 12);

export function ageOn(birthDate: Day, date: Day): number {
  if (date < birthDate) throw new RangeError('there is no age before the birth');
  return fullYears(birthDate, date);
}

/** The day `MM-DD` of a year; 29 February of a common year is its 28th, as everywhere. */
export function dayOfYear(year: number, monthAndDay: string): Day {
  const month = toMonth(year, Number(monthAndDay.slice(0, 2)));
  const day = `${month}-${monthAndDay.slice(3)}`;
  return day > lastDayOf(month) ? lastDayOf(month) : day;
}
