import { type CivilMonth, civilMonth } from '../calendar/civil-month.ts';

/** Up to which month contributions are counted; semantics section 4. */
export type CutOff = 'as-of-month' | 'previous-month' | 'previous-year-end' | { readonly fixed: number };

/** The cut-off month for a day in `month`; `fixed` is the latest such month (1 to 12) on or before it. */
export function cutOffMonth(cutOff: CutOff, month: CivilMonth): CivilMonth {
  if (cutOff === 'as-of-month') return month;
  if (cutOff === 'previous-month') return (month - 1) as CivilMonth;
  const year = Math.floor(month / 12);
  if (cutOff === 'previous-year-end') return civilMonth(year - 1, 12);
  const thisYear = civilMonth(year, cutOff.fixed);
  return thisYear <= month ? thisYear : ((thisYear - 12) as CivilMonth);
}

/** The first month whose cut-off month is `target` or later. */
export function firstMonthWithCutOff(cutOff: CutOff, target: CivilMonth): CivilMonth {
  if (cutOff === 'as-of-month') return target;
  if (cutOff === 'previous-month') return (target + 1) as CivilMonth;
  const year = Math.floor(target / 12);
  if (cutOff === 'previous-year-end') return civilMonth(year + 1, 1);
  const thisYear = civilMonth(year, cutOff.fixed);
  return thisYear >= target ? thisYear : ((thisYear + 12) as CivilMonth);
}
