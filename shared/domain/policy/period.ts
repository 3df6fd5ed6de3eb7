import { addDays, formatCivilDate, parseCivilDate } from '../calendar/civil-date.ts';

/** The days on which a version is in force, `YYYY-MM-DD`, both included. */
export interface Period {
  readonly from: string;
  /** Null where no end is written down: until the next version begins. */
  readonly until: string | null;
}

/** Whether two periods share a day. One without an end has none from the day on which the other begins. */
export function overlap(one: Period, other: Period): boolean {
  const [first, second] = one.from <= other.from ? [one, other] : [other, one];
  return first.from === second.from || (first.until !== null && second.from <= first.until);
}

/** Where the version stands that is in force on a day, among versions in order of their first days; -1: none is. */
export function indexInForce(inOrder: readonly { readonly effective: Period }[], day: string): number {
  const begun = inOrder.findLastIndex(({ effective }) => effective.from <= day);
  const until = inOrder[begun]?.effective.until ?? day;
  return day <= until ? begun : -1;
}

/** Each with its last day, in order of their first days: where none is written down, the one before the next begins. */
export function withLastDays<T extends { readonly effective: Period }>(inOrder: readonly T[]): T[] {
  return inOrder.map((each, index) => ({
    ...each,
    effective: { from: each.effective.from, until: lastDayOf(each.effective, inOrder[index + 1]?.effective) },
  }));
}

/** The last day of a period before `next` begins (absent: nothing follows); null where it has none yet. */
function lastDayOf({ until }: Period, next: Period | undefined): string | null {
  return until ?? (next === undefined ? null : dayBefore(next.from));
}

function dayBefore(day: string): string {
  return formatCivilDate(addDays(parseCivilDate(day)!, -1));
}
