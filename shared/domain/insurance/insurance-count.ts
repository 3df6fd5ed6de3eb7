import type { CivilMonth } from '../calendar/civil-month.ts';
import {
  areCredited,
  type CreditedMonths,
  continuousRun,
  credit,
  cumulativeCount,
  goingOn,
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

/** Months as counted under the rule that asks. */
export interface InsuranceMonths {
  readonly continuousMonths: number | null;
  readonly cumulativeMonths: number | null;
}

/** What is known of one kind of insurance: its contributions in the order of their first months, or a summary. */
export type InsuranceRecord = { readonly contributions: readonly ContributionRecord[] } | InsuranceMonths;

/** How months are counted (semantics section 4); kinds, place and thresholds are the caller's. */
export interface CountingRule {
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

/** Months of one kind that count for a rule: for certain, and if every unknown place is the right one. */
export interface PaidMonths {
  readonly certain: CreditedMonths;
  /** The same object as `certain` where no place is in doubt. */
  readonly possible: CreditedMonths;
}

/**
 * The months up to `asOfMonth` of one kind that count under a rule's `backPaid` and place (null: anywhere). Contributions come
 * in the order of their first months.
 */
export function paidMonths(
  contributions: readonly ContributionRecord[],
  backPaid: CountingRule['backPaid'],
  membership: ((areaCode: string | null) => PlaceMembership) | null,
  asOfMonth: CivilMonth,
): PaidMonths {
  const certain: MonthInterval[] = [];
  // Only where a place is in doubt do the two differ.
  let possible: MonthInterval[] | null = null;
  for (const contribution of contributions) {
    const { from, to } = contribution;
    if (from > asOfMonth || (contribution.backPaid && backPaid === 'excluded')) continue;
    const place = membership === null ? 'in' : membership(contribution.areaCode);
    if (place === 'out') continue;
    const interval = to > asOfMonth ? { from, to: asOfMonth } : contribution;
    if (place === 'unknown') possible ??= [...certain];
    if (possible !== null) credit(possible, interval);
    if (place === 'in') credit(certain, interval);
  }
  return { certain, possible: possible ?? certain };
}

/** The count of one kind under a rule as it stands in the month of asOf. */
export function countNow(
  rule: CountingRule,
  kind: PaidMonths | InsuranceMonths,
  asOfMonth: CivilMonth,
): MonthsRange {
  return isHistory(kind) ? countOf(rule, kind, asOfMonth) : summaryCount(rule, kind, 0, false);
}

function countOf(rule: CountingRule, { certain, possible }: PaidMonths, month: CivilMonth): MonthsRange {
  const low = countMonths(rule, certain, month);
  return { low, high: certain === possible ? low : countMonths(rule, possible, month) };
}

/**
 * Counts the months of a rule in which one kind, or several together, are paid, as they stand in the month of asOf, on
 * any day from asOf on. A kind of which nothing is known leaves the count open downwards.
 */
export class InsuranceCounter {
  /** Whether any kind is paid in its cut-off month, so that it goes on being paid in a projection. */
  readonly continues: boolean;
  private readonly rule: CountingRule;
  private readonly asOfMonth: CivilMonth;
  private readonly histories: readonly PaidMonths[];
  /** Months that are in every history; and as they go on, which not every count asks for. */
  private readonly recorded: PaidMonths | null;
  private later: PaidMonths | undefined;
  /** Summaries, and null for each kind of which nothing is known. */
  private readonly others: readonly (InsuranceMonths | null)[];
  private readonly cutOff: CivilMonth;

  constructor(
    rule: CountingRule,
    kinds: readonly (PaidMonths | InsuranceMonths | null)[],
    asOfMonth: CivilMonth,
  ) {
    this.rule = rule;
    this.asOfMonth = asOfMonth;
    this.cutOff = cutOffMonth(rule.cutOff, asOfMonth);
    // Almost always all are, and then there is nothing to take apart.
    const areHistories = kinds.every(isHistory);
    this.histories = areHistories ? kinds : kinds.filter(isHistory);
    this.others = areHistories
      ? NO_SUMMARIES
      : kinds.filter((kind): kind is InsuranceMonths | null => !isHistory(kind));
    this.recorded = this.histories.length === 0 ? null : this.histories.reduce(inCommon);
    this.continues =
      this.histories.some(({ possible }) => isCredited(possible, this.cutOff)) ||
      this.others.some((summary) => (summary?.continuousMonths ?? 0) > 0);
  }

  /**
   * The count on a day in `month`. `projected`: the day lies after asOf, and what is paid in its cut-off month at asOf
   * has gone on being paid each month since (semantics section 6); otherwise nothing more has been paid.
   */
  countAt(month: CivilMonth, projected: boolean): MonthsRange {
    const { histories, others } = this;
    if (others.length === 0) return this.countHistories(month, projected);
    const counts = others.map((kind) => this.countOf(kind, month, projected));
    if (histories.length > 0) counts.push(this.countHistories(month, projected));
    if (counts.length === 1) return counts[0]!;
    return together(this.rule, counts, histories.length > 0 ? 0 : this.sharedRun(month, projected));
  }

  /** The last month that is credited for certain; a summary is taken to be paid up to its cut-off month. */
  get lastMonth(): CivilMonth {
    return this.recorded?.certain.at(-1)?.to ?? this.cutOff;
  }

  private countHistories(month: CivilMonth, projected: boolean): MonthsRange {
    return countOf(this.rule, projected ? this.goingOn() : this.recorded!, month);
  }

  /** Months that are in every history as it goes on. */
  private goingOn(): PaidMonths {
    const later = (months: CreditedMonths) =>
      isCredited(months, this.cutOff) ? goingOn(months, this.asOfMonth) : months;
    this.later ??= this.histories
      .map(({ certain, possible }) => {
        const certainLater = later(certain);
        return { certain: certainLater, possible: possible === certain ? certainLater : later(possible) };
      })
      .reduce(inCommon);
    return this.later;
  }

  /** The run in which all kinds are paid, where all are summaries. */
  private sharedRun(month: CivilMonth, projected: boolean): number {
    const { rule, others } = this;
    const later = cutOffMonth(rule.cutOff, month) - this.cutOff;
    return Math.min(
      ...others.map((summary) => (summary === null ? 0 : (runOf(rule, summary, later, projected) ?? 0))),
    );
  }

  private countOf(summary: InsuranceMonths | null, month: CivilMonth, projected: boolean): MonthsRange {
    if (summary === null) return UNKNOWN;
    const { rule } = this;
    return summaryCount(rule, summary, cutOffMonth(rule.cutOff, month) - this.cutOff, projected);
  }
}

const NO_SUMMARIES: readonly InsuranceMonths[] = [];

function isHistory(kind: PaidMonths | InsuranceMonths | null): kind is PaidMonths {
  return kind !== null && 'certain' in kind;
}

/** Months that are in both. */
function inCommon(a: PaidMonths, b: PaidMonths): PaidMonths {
  const certain = intersectMonths(a.certain, b.certain);
  const inDoubt = a.certain !== a.possible || b.certain !== b.possible;
  return { certain, possible: inDoubt ? intersectMonths(a.possible, b.possible) : certain };
}

function exactly(count: number): MonthsRange {
  return { low: count, high: count };
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
  summary: InsuranceMonths,
  monthsLater: number,
  projected: boolean,
): MonthsRange {
  const { cumulativeMonths } = summary;
  const growth = isPaying(summary) && projected ? monthsLater : 0;
  const cap = rule.window ?? Number.POSITIVE_INFINITY;
  const run = runOf(rule, summary, monthsLater, projected);
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

function isPaying({ continuousMonths }: InsuranceMonths): boolean {
  return continuousMonths !== null && continuousMonths > 0;
}

/** The continuous months of a summary, `monthsLater` cut-off months after asOf; null when it does not tell. */
function runOf(
  rule: CountingRule,
  summary: InsuranceMonths,
  monthsLater: number,
  projected: boolean,
): number | null {
  if (summary.continuousMonths === null) return null;
  if (!projected && monthsLater > rule.maxGap) return 0;
  const growth = isPaying(summary) && projected ? monthsLater : 0;
  return Math.min(summary.continuousMonths + growth, rule.window ?? Number.POSITIVE_INFINITY);
}

/**
 * Months in which several kinds are paid together, from their counts: no more than the least of them; of continuous
 * months just that many; of cumulative ones no fewer than `sharedRun`, the run that they have in common.
 */
function together(rule: CountingRule, counts: readonly MonthsRange[], sharedRun: number): MonthsRange {
  const low = Math.min(...counts.map((count) => count.low));
  const high = Math.min(...counts.map((count) => count.high));
  return { low: rule.mode === 'continuous' ? low : Math.min(low, sharedRun), high };
}
