import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  type CivilDate,
  formatCivilDate,
  parseCivilDate,
} from '../../../shared/domain/calendar/civil-date.ts';
import {
  addMonths,
  addYears,
  ageOn,
  fullMonths,
  fullYears,
} from '../../../shared/domain/calendar/duration.ts';
import * as reference from '../../reference/calendar.ts';
import { arbitraryOf } from '../../support/chooser.ts';
import { pastDay } from '../../support/residents/dates.ts';

const date = (text: string) => parseCivilDate(text) as CivilDate;
/** Any day, more often the ends of months and leap days. */
const anyDay = arbitraryOf((chooser) => pastDay(chooser, date('2099-12-31'), 150));
const monthCount = fc.integer({ min: 0, max: 700 });

describe('adding months', () => {
  it.each([
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-01-31', 2, '2024-03-31'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-01-15', -1, '2023-12-15'],
    ['1999-12-31', 2, '2000-02-29'],
  ])('takes %s by %i to %s', (from, months, to) => {
    expect(formatCivilDate(addMonths(date(from), months))).toBe(to);
  });

  it('agrees with the reference, backwards too', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -600, max: 700 }), (day, months) => {
        expect(formatCivilDate(addMonths(day, months))).toBe(
          reference.addMonths(formatCivilDate(day), months),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes years for 12 months', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (day, years) => {
        expect(addYears(day, years)).toBe(addMonths(day, 12 * years));
      }),
    );
  });
});

describe('full months', () => {
  it('are counted from the anchor, never by chaining', () => {
    expect(fullMonths(date('2023-01-31'), date('2023-02-27'))).toBe(0);
    expect(fullMonths(date('2023-01-31'), date('2023-02-28'))).toBe(1);
    expect(fullMonths(date('2023-01-31'), date('2023-03-30'))).toBe(1);
    expect(fullMonths(date('2023-01-31'), date('2023-03-31'))).toBe(2);
  });

  it('are none before the anchor', () => {
    expect(fullMonths(date('2024-06-01'), date('2024-05-31'))).toBe(0);
    expect(fullMonths(date('2024-06-01'), date('2000-01-01'))).toBe(0);
  });

  it('agree with a count that walks month by month', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -100, max: 15_000 }), (anchor, days) => {
        const end = addDays(anchor, days);
        expect(fullMonths(anchor, end)).toBe(
          reference.fullMonths(formatCivilDate(anchor), formatCivilDate(end)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('are reached on the corresponding day and not the day before', () => {
    fc.assert(
      fc.property(anyDay, monthCount, (anchor, months) => {
        const reached = addMonths(anchor, months + 1);
        expect(fullMonths(anchor, reached)).toBe(months + 1);
        expect(fullMonths(anchor, addDays(reached, -1))).toBe(months);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never become fewer as days go by, nor more when counted from a later anchor', () => {
    fc.assert(
      fc.property(anyDay, monthCount, fc.integer({ min: 0, max: 70 }), (anchor, months, days) => {
        const end = addDays(addMonths(anchor, months), 3);
        expect(fullMonths(anchor, addDays(end, days))).toBeGreaterThanOrEqual(fullMonths(anchor, end));
        expect(fullMonths(addDays(anchor, days), end)).toBeLessThanOrEqual(fullMonths(anchor, end));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('age', () => {
  it('goes up on the birthday', () => {
    expect(ageOn(date('1959-06-01'), date('2024-05-31'))).toBe(64);
    expect(ageOn(date('1959-06-01'), date('2024-06-01'))).toBe(65);
  });

  it('goes up on 28 February of a common year for who was born on 29 February', () => {
    expect(ageOn(date('1964-02-29'), date('2023-02-27'))).toBe(58);
    expect(ageOn(date('1964-02-29'), date('2023-02-28'))).toBe(59);
    expect(ageOn(date('1964-02-29'), date('2024-02-28'))).toBe(59);
    expect(ageOn(date('1964-02-29'), date('2024-02-29'))).toBe(60);
  });

  it('is in full years and does not exist before the birth', () => {
    expect(fullYears(date('2000-01-31'), date('2001-01-30'))).toBe(0);
    expect(ageOn(date('2024-06-01'), date('2024-06-01'))).toBe(0);
    expect(() => ageOn(date('2024-06-01'), date('2024-05-31'))).toThrow(RangeError);
  });
});
