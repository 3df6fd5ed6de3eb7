import type { CivilMonth } from '../calendar/civil-month.ts';
import {
  areCredited,
  type CreditedMonths,
  continuousRun,
  creditedMonths,
  cumulativeCount,
  intersectMonths,
  isCredited,
  type MonthInterval,
} from './credited-months.ts';
import { type CutOff, cutOffMonth } from './cut-off.ts';

/** Contributions of one kind for the months `from` to `to`, both included. */
export interface ContributionRecord extends MonthInterval {
  readonly backPaid: boolean;
  readonly areaCode: string | null;
}

/** What is known of one kind of insurance: its contributions, or months as counted under the rule that asks. */
export type InsuranceRecord =
  | { readonly contributions: readonly ContributionRecord[] }
  | { readonly continuousMonths: number | null; readonly cumulativeMonths: number | null };

/** How months are counted (semantics section 4); kinds, place and thresholds are the caller's. */
export interface CountingRule {
  readonly combine: 'each' | 'any' | 'together';
  readonly mode: 'continuous' | 'cumulative';
  readonly backPaid: 'counts' | 'excluded';
  readonly maxGap: number;
  /** Only the last n months up to the cut-off count; null: all. */
  readonly window: number | null;
  /** The month of the day asked for and this many before it must be paid; null: none must. */
  readonly payingIn: number | null;
  readonly cutOff: CutOff;
}

/** Whether months paid in an area count for a rule that names a place. */
export type PlaceMembership = 'in' | 'out' | 'unknown';

/** The count lies between the two, both included; `NOT_PAYING` where months that must be paid are not. */
export interface MonthsRange {
  readonly low: number;
  readonly high: number;
}

/** Below every threshold: the months of `payingIn` are not all paid. */
export const NOT_PAYING = -1;

const UNKNOWN: MonthsRange = { low: NOT_PAYING, high: Number.POSITIVE_INFINITY };

/** Counts the months of a rule on any day from asOf on; see {@link insuranceCounter}. */
export interface InsuranceCounter {
  /**
   * The count on a day in `month`. `projected`: the day lies after asOf, and what is paid in its cut-off month at asOf
   * has gone on being paid each month since (semantics section 6); otherwise nothing more has been paid.
   */
  countAt(month: CivilMonth, projected: boolean): MonthsRange;
  /** Whether any kind is paid in its cut-off month, so that it goes on being paid in a projection. */
  readonly continues: boolean;
}

interface KindHistory {
  /** Months that count for certain, and months that count if every unknown place is the right one. */
  readonly low: CreditedMonths;
  readonly high: CreditedMonths;
  readonly lowContinues: boolean;
  readonly highContinues: boolean;
}

/**
 * A counter for one rule over the records of its kinds, as they stand in the month of asOf. A kind without a record
 * leaves the count open upwards or downwards, as the combination has it.
 */
export function insuranceCounter(
  rule: CountingRule,
  records: readonly (InsuranceRecord | null)[],
  asOfMonth: CivilMonth,
  membership: ((areaCode: string | null) => PlaceMembership) | null,
): InsuranceCounter {
  const cutOff = cutOffMonth(rule.cutOff, asOfMonth);
  const kinds = records.map((record) => {
    if (record === null) return null;
    return 'contributions' in record
      ? kindHistory(rule, record.contributions, asOfMonth, cutOff, membership)
      : record;
  });
  const histories = kinds.filter((kind) => kind !== null && 'low' in kind);
  const inCommon =
    rule.combine === 'together' && histories.length > 1 && histories.length === kinds.length
      ? histories
      : null;
  const continues = kinds.some((kind) =>
    kind === null ? false : 'low' in kind ? kind.highContinues : (kind.continuousMonths ?? 0) > 0,
  );
  return {
    continues,
    countAt(month, projected) {
      if (inCommon !== null) {
        const low = inCommon.map((kind) =>
          extended(kind.low, kind.lowContinues && projected, asOfMonth, month),
        );
        const high = inCommon.map((kind) =>
          extended(kind.high, kind.highContinues && projected, asOfMonth, month),
        );
        return {
          low: countMonths(rule, low.reduce(intersectMonths), month),
          high: countMonths(rule, high.reduce(intersectMonths), month),
        };
      }
      const counts = kinds.map((kind): MonthsRange => {
        if (kind === null) return UNKNOWN;
        if (!('low' in kind))
          return summaryCount(rule, kind, cutOffMonth(rule.cutOff, month) - cutOff, projected);
        const low = extended(kind.low, kind.lowContinues && projected, asOfMonth, month);
        if (kind.low === kind.high) return exactly(countMonths(rule, low, month));
        const high = extended(kind.high, kind.highContinues && projected, asOfMonth, month);
        return { low: countMonths(rule, low, month), high: countMonths(rule, high, month) };
      });
      return combined(rule, counts, kinds);
    },
  };
}

function exactly(count: number): MonthsRange {
  return { low: count, high: count };
}

function kindHistory(
  rule: CountingRule,
  contributions: readonly ContributionRecord[],
  asOfMonth: CivilMonth,
  cutOff: CivilMonth,
  membership: ((areaCode: string | null) => PlaceMembership) | null,
): KindHistory {
  const certain: MonthInterval[] = [];
  const possible: MonthInterval[] = [];
  for (const { from, to, backPaid, areaCode } of contributions) {
    if (from > asOfMonth || (backPaid && rule.backPaid === 'excluded')) continue;
    const place = membership === null ? 'in' : membership(areaCode);
    if (place === 'out') continue;
    const interval = { from, to: to > asOfMonth ? asOfMonth : to };
    possible.push(interval);
    if (place === 'in') certain.push(interval);
  }
  const low = creditedMonths(certain);
  const high = certain.length === possible.length ? low : creditedMonths(possible);
  return { low, high, lowContinues: isCredited(low, cutOff), highContinues: isCredited(high, cutOff) };
}

/** The recorded months and, where the payments go on, every month from that of asOf to `month`. */
function extended(
  months: CreditedMonths,
  continues: boolean,
  asOfMonth: CivilMonth,
  month: CivilMonth,
): CreditedMonths {
  return continues ? creditedMonths([...months, { from: asOfMonth, to: month }]) : months;
}

function countMonths(rule: CountingRule, months: CreditedMonths, month: CivilMonth): number {
  if (rule.payingIn !== null && !areCredited(months, (month - rule.payingIn) as CivilMonth, month))
    return NOT_PAYING;
  const cutOff = cutOffMonth(rule.cutOff, month);
  const earliest = (rule.window === null ? Number.NEGATIVE_INFINITY : cutOff - rule.window + 1) as CivilMonth;
  return rule.mode === 'continuous'
    ? continuousRun(months, cutOff, rule.maxGap, earliest)
    : cumulativeCount(months, cutOff, earliest);
}

/**
 * A summary, taken as counted under the rule that asks. While it is being paid, which a run of at least one month
 * tells, it grows with the cut-off month (`monthsLater` after that of asOf); when payments stop, the run ends.
 */
function summaryCount(
  rule: CountingRule,
  summary: { readonly continuousMonths: number | null; readonly cumulativeMonths: number | null },
  monthsLater: number,
  projected: boolean,
): MonthsRange {
  const { cumulativeMonths } = summary;
  const paying = summary.continuousMonths !== null && summary.continuousMonths > 0;
  const growth = paying && projected ? monthsLater : 0;
  const ended = !projected && monthsLater > rule.maxGap;
  const cap = rule.window ?? Number.POSITIVE_INFINITY;
  const run =
    summary.continuousMonths === null ? null : ended ? 0 : Math.min(summary.continuousMonths + growth, cap);
  if (rule.payingIn !== null && run !== null && run < rule.payingIn + 1) return exactly(NOT_PAYING);
  const unlessPaying = (low: number) => (rule.payingIn !== null && run === null ? NOT_PAYING : low);
  if (rule.mode === 'continuous') {
    if (run !== null) return exactly(run);
    return { low: unlessPaying(0), high: cumulativeMonths ?? Number.POSITIVE_INFINITY };
  }
  if (cumulativeMonths === null) return { low: run ?? unlessPaying(0), high: cap };
  // Inside a window older months may fall out as new ones come in: at least the run and what was there is left.
  const total = rule.window === null ? cumulativeMonths + growth : Math.max(cumulativeMonths, run ?? 0);
  return { low: unlessPaying(Math.min(total, cap)), high: Math.min(total, cap) };
}

function combined(
  rule: CountingRule,
  counts: readonly MonthsRange[],
  kinds: readonly (KindHistory | InsuranceRecord | null)[],
): MonthsRange {
  const lows = counts.map((count) => count.low);
  const highs = counts.map((count) => count.high);
  if (rule.combine === 'any') return { low: Math.max(...lows), high: Math.max(...highs) };
  const range = { low: Math.min(...lows), high: Math.min(...highs) };
  if (rule.combine === 'each' || counts.length === 1 || rule.mode === 'continuous') return range;
  // Cumulative months of several kinds together: no more than the least, no fewer than the run they share.
  const runs = kinds.map((kind) =>
    kind !== null && 'continuousMonths' in kind ? (kind.continuousMonths ?? 0) : 0,
  );
  return { low: Math.min(range.low, ...runs), high: range.high };
}
