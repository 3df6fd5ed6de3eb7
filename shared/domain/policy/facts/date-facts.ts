import { addDays, type CivilDate, civilDate, daysInMonth, yearMonthDay } from '../../calendar/civil-date.ts';
import { type CivilMonth, firstDayOf, lastDayOf, monthOf } from '../../calendar/civil-month.ts';
import { addMonths, addYears, fullMonths, fullYears } from '../../calendar/duration.ts';
import { knownDate } from '../../resident/read-histories.ts';
import type { ResidentLife } from '../resident-life.ts';
import type { CompiledFact } from './compiled-fact.ts';
import { EXACT, setExact, setUnknown } from './fact-vector.ts';
import { groupAndKey, plainFact } from './plain-fact.ts';
import { numberText } from './value-text.ts';

/** On which day an age is read: asOf, the last day of the month before it, or a day `MM-DD` of its year. */
export type AgeReference = string;

/** The day on which an age is read for `day`; 02-29 is 02-28 in a common year. */
function referenceDay(on: AgeReference, day: CivilDate): CivilDate {
  if (on === 'as-of') return day;
  if (on === 'previous-month-end') return lastDayOf((monthOf(day) - 1) as CivilMonth);
  return dayOfYear(on, yearMonthDay(day).year);
}

/** The first day whose reference day is `target` or later. */
function firstDayWithReference(on: AgeReference, target: CivilDate): CivilDate {
  if (on === 'as-of') return target;
  if (on === 'previous-month-end') return firstDayOf((monthOf(target) + 1) as CivilMonth);
  const { year } = yearMonthDay(target);
  return civilDate(dayOfYear(on, year) >= target ? year : year + 1, 1, 1);
}

/** The day `MM-DD` of a year; 02-29 is 02-28 in a common year. */
export function dayOfYear(monthAndDay: string, year: number): CivilDate {
  const [month, day] = [Number(monthAndDay.slice(0, 2)), Number(monthAndDay.slice(3))];
  return civilDate(year, month, Math.min(day, daysInMonth(year, month)));
}

function ageForDay(birthDate: CivilDate, on: AgeReference, day: CivilDate): number {
  const reference = referenceDay(on, day);
  // Born since the reference day, a person is in the first year and no older: fullYears gives 0.
  return fullYears(birthDate, reference);
}

function ageCrossings(
  birthDate: CivilDate,
  on: AgeReference,
  bounds: readonly number[],
  asOf: CivilDate,
  until: CivilDate,
): CivilDate[] {
  const days: CivilDate[] = [];
  for (const bound of bounds) {
    for (let age = bound; age <= bound + 1; age++) {
      const day = firstDayWithReference(on, addYears(birthDate, Math.max(age, 0)));
      if (day > asOf && day <= until) days.push(day);
    }
  }
  return days;
}

/** Age of the resident in full years on the reference day. */
export function ageFact(on: AgeReference): CompiledFact {
  return {
    key: `age@${on}`,
    label: { 'zh-CN': '年龄', en: 'age' },
    inputs: ['birthDate'],
    step: 1,
    read(life, day, vector, index) {
      const birthDate = life.birthDate;
      if (birthDate === null) setUnknown(vector, index, life, 'birthDate');
      else setExact(vector, index, ageForDay(birthDate, on, day));
    },
    missing: (life) => (life.birthDate === null ? ['birthDate'] : []),
    changes(life, bounds, until) {
      const birthDate = life.birthDate;
      return birthDate === null ? [] : ageCrossings(birthDate, on, bounds, life.asOf, until);
    },
    text: (vector, index, language) => numberText(vector, index, 'age', language),
  };
}

/** Full months since a date fact; 0 before it. */
export function sinceFact(path: string): CompiledFact {
  const [group, key] = groupAndKey(path);
  const dateOf = (life: ResidentLife): CivilDate | null => {
    const part = (life.resident as Record<string, unknown>)[group];
    const text = key === null ? part : (part as Record<string, unknown> | undefined)?.[key];
    return typeof text === 'string' ? knownDate(text) : null;
  };
  return {
    key: `since:${path}`,
    inputs: [path],
    step: 1,
    read(life, day, vector, index) {
      const date = dateOf(life);
      if (date === null) setUnknown(vector, index, life, group);
      else setExact(vector, index, fullMonths(date, day));
    },
    missing: (life) => (dateOf(life) === null ? [path] : []),
    changes(life, bounds, until) {
      const date = dateOf(life);
      if (date === null) return [];
      return bounds
        .flatMap((bound) => [addMonths(date, Math.ceil(bound)), addMonths(date, Math.ceil(bound) + 1)])
        .filter((day) => day > life.asOf && day <= until);
    },
    text: (vector, index, language) => numberText(vector, index, 'month', language),
  };
}

/** Full years as they are given, else since the date fact `sincePath`, and then growing with time. */
export function yearsFact(path: string, sincePath: string): CompiledFact {
  const given = plainFact(path);
  const since = sinceFact(sincePath);
  const isGiven = (life: ResidentLife) => given.missing(life).length === 0;
  return {
    ...given,
    read(life, day, vector, index) {
      if (isGiven(life)) return given.read(life, day, vector, index);
      since.read(life, day, vector, index);
      if (vector.state[index] === EXACT) setExact(vector, index, Math.floor(vector.low[index]! / 12));
    },
    missing: (life) => (isGiven(life) || since.missing(life).length === 0 ? [] : [path]),
    changes: (life, bounds, until) =>
      isGiven(life)
        ? []
        : since.changes!(
            life,
            bounds.flatMap((years) => [years * 12, (years + 1) * 12]),
            until,
          ),
  };
}

/** Bounds of an age, all optional; see {@link childrenFact}. */
export interface AgeRange {
  readonly on: AgeReference;
  /** Whether an age lies inside. */
  includes(age: number): boolean;
  readonly bounds: readonly number[];
  readonly key: string;
}

/** How many children there are, or how many of an age. A child not born by then is not counted. */
export function childrenFact(range: AgeRange | null): CompiledFact {
  const birthDates = (life: ResidentLife): CivilDate[] | null =>
    life.resident.household?.children?.map((child) => knownDate(child.birthDate)) ?? null;
  return {
    key: range === null ? 'household.children' : `household.children:${range.key}`,
    inputs: ['household.children'],
    step: 1,
    read(life, day, vector, index) {
      const children = birthDates(life);
      if (children === null) return setUnknown(vector, index, life, 'household');
      const born = children.filter((birthDate) => birthDate <= day);
      const counted =
        range === null
          ? born
          : born.filter((birthDate) => range.includes(ageForDay(birthDate, range.on, day)));
      setExact(vector, index, counted.length);
    },
    missing: (life) => (birthDates(life) === null ? ['household.children'] : []),
    changes(life, _bounds, until) {
      const children = birthDates(life) ?? [];
      const days: CivilDate[] = [];
      for (const birthDate of children) {
        if (birthDate > life.asOf && birthDate <= until) days.push(birthDate);
        if (range !== null) days.push(...ageCrossings(birthDate, range.on, range.bounds, life.asOf, until));
      }
      return days;
    },
    text: (vector, index, language) => numberText(vector, index, 'person', language),
  };
}

/** Whether the day lies in a window of the year, both ends included; it may run over the new year. */
export function calendarFact(from: string, to: string): CompiledFact {
  const holdsOn = (day: CivilDate) => {
    const { year } = yearMonthDay(day);
    const [first, last] = [dayOfYear(from, year), dayOfYear(to, year)];
    return from <= to ? first <= day && day <= last : day >= first || day <= last;
  };
  return {
    key: `calendar:${from}..${to}`,
    inputs: [],
    step: 0,
    read: (_life, day, vector, index) => setExact(vector, index, holdsOn(day) ? 1 : 0),
    missing: () => [],
    changes(life, _bounds, until) {
      const days: CivilDate[] = [];
      const lastYear = yearMonthDay(until).year;
      for (let { year } = yearMonthDay(life.asOf); year <= lastYear; year++) {
        days.push(dayOfYear(from, year), addDays(dayOfYear(to, year), 1));
      }
      return days.filter((day) => day > life.asOf && day <= until);
    },
    text: (vector, index, language) => {
      if (vector.state[index] !== EXACT) return null;
      const inside = vector.low[index] === 1;
      if (language === 'en') return inside ? 'inside the window' : 'outside the window';
      return inside ? '在规定时间内' : '不在规定时间内';
    },
  };
}
