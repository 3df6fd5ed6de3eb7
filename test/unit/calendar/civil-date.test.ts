import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  type CivilDate,
  civilDate,
  civilDateInShanghai,
  formatCivilDate,
  parseCivilDate,
  yearMonthDay,
} from '../../../shared/domain/calendar/civil-date.ts';
import { isDay, nextDay } from '../../reference/calendar.ts';

const FIRST = parseCivilDate('1900-01-01') as CivilDate;
const LAST = parseCivilDate('2199-12-31') as CivilDate;

describe('a civil date', () => {
  it('is the number of days since 1970-01-01', () => {
    expect(parseCivilDate('1970-01-01')).toBe(0);
    expect(parseCivilDate('1969-12-31')).toBe(-1);
    expect(parseCivilDate('2000-03-01')).toBe(11_017);
  });

  it('counts every day from 1900-01-01 to 2199-12-31 once, in order', () => {
    let text = '1900-01-01';
    let mismatches = 0;
    for (let date = FIRST; date <= LAST; date = addDays(date, 1)) {
      const { year, month, day } = yearMonthDay(date);
      const agrees =
        formatCivilDate(date) === text &&
        parseCivilDate(text) === date &&
        civilDate(year, month, day) === date &&
        Number(text.slice(0, 4)) === year;
      if (!agrees) mismatches++;
      text = nextDay(text);
    }
    expect(mismatches).toBe(0);
    expect(text).toBe('2200-01-01');
    expect(LAST - FIRST + 1).toBe(109_573);
  });

  it.each([
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2100-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-01',
    '2024-01-00',
    '1899-12-31',
    '2200-01-01',
    '9999-12-31',
    '2024-1-01',
    '24-01-01',
    '2024/01/01',
    '20240101',
    '2024-01-01T00:00',
    '2024-01-01\n',
    ' 2024-01-01',
    '２０２４-01-01',
    '+002024-01-01',
    '',
  ])('is refused when written %j', (text) => {
    expect(parseCivilDate(text)).toBeNull();
  });

  it('is taken exactly when the day exists', () => {
    const number = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(number(2300), number(14), number(33), (year, month, day) => {
        const text = [String(year).padStart(4, '0'), ...[month, day].map((n) => String(n).padStart(2, '0'))];
        expect(parseCivilDate(text.join('-')) !== null).toBe(isDay(text.join('-')));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the date in Shanghai', () => {
  it('changes at 16:00 UTC', () => {
    const dateAt = (instant: string) => formatCivilDate(civilDateInShanghai(Date.parse(instant)));
    expect(dateAt('2024-05-31T15:59:59.999Z')).toBe('2024-05-31');
    expect(dateAt('2024-05-31T16:00:00.000Z')).toBe('2024-06-01');
    expect(dateAt('2023-12-31T16:00:00.000Z')).toBe('2024-01-01');
    expect(dateAt('2024-02-28T20:00:00.000Z')).toBe('2024-02-29');
  });

  it('is the one that the time zone database knows', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1992-01-01'), max: new Date('2199-12-30'), noInvalidDate: true }),
        (at) => {
          expect(formatCivilDate(civilDateInShanghai(at.getTime()))).toBe(shanghai.format(at));
        },
      ),
    );
  });
});
