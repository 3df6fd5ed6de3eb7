import { describe, expect, it } from 'vitest';
import { formatCivilDate, parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import {
  type CivilMonth,
  firstDayOf,
  formatCivilMonth,
  lastDayOf,
  monthOf,
  parseCivilMonth,
} from '../../../shared/domain/calendar/civil-month.ts';
import * as reference from '../../reference/calendar.ts';

describe('a civil month', () => {
  it('counts every month from 1900-01 to 2199-12 once, with its first and its last day', () => {
    let text = '1900-01';
    const mismatches: string[] = [];
    for (
      let month = parseCivilMonth(text) as CivilMonth;
      text <= '2199-12';
      month = (month + 1) as CivilMonth
    ) {
      const last = reference.lastDayOf(text);
      const agrees =
        formatCivilMonth(month) === text &&
        parseCivilMonth(text) === month &&
        formatCivilDate(firstDayOf(month)) === `${text}-01` &&
        formatCivilDate(lastDayOf(month)) === last &&
        monthOf(parseCivilDate(last)!) === month &&
        monthOf(parseCivilDate(`${text}-01`)!) === month;
      if (!agrees) mismatches.push(text);
      text = reference.nextMonth(text);
    }
    expect(mismatches).toEqual([]);
    expect(text).toBe('2200-01');
  });

  it.each(['2024-13', '2024-00', '1899-12', '2200-01', '2024-1', '2024-01-01', '202401', ' 2024-01', ''])(
    'is refused when written %j',
    (text) => {
      expect(parseCivilMonth(text)).toBeNull();
    },
  );
});
