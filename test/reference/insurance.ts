import type { InsuranceSpec } from '../../shared/domain/policy/expression-schema.ts';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import type {
  ContributionPeriod,
  InsuranceHistory,
  InsuranceKind,
  InsuranceSummary,
} from '../../shared/domain/resident/resident.ts';
import { inSet, sameUnit } from './areas.ts';
import {
  type Day,
  type Month,
  monthOf,
  monthsBetween,
  nextMonth,
  previousMonth,
  shiftMonth,
  yearOf,
} from './calendar.ts';
import { type Answer, all, answer, MET, UNMET, unknown } from './kleene.ts';
import { residenceArea, type Situation } from './situation.ts';

/** Months counted under a rule, between two bounds where the facts leave it open (`to` may be Infinity). */
export interface CountRange {
  readonly from: number;
  readonly to: number;
}

export interface InsuranceReading {
  readonly kinds: readonly InsuranceKind[];
  readonly count: CountRange;
  /** The months of `payingIn` are paid; met where the rule does not ask. */
  readonly paying: Answer;
}

/** The last month that a rule looks at (section 4). */
export function cutOffMonth(cutOff: InsuranceSpec['cutOff'], date: Day): Month {
  if (cutOff === 'as-of-month') return monthOf(date);
  if (cutOff === 'previous-month') return previousMonth(monthOf(date));
  if (cutOff === 'previous-year-end') return `${String(yearOf(date) - 1).padStart(4, '0')}-12`;
  let month = monthOf(date);
  while (Number(month.slice(5)) !== cutOff.fixed) month = previousMonth(month);
  return month;
}

/** A reading of each kind by itself, or one of all kinds `together`. */
export function readInsurance(
  spec: InsuranceSpec,
  situation: Situation,
  areas: Pack['areas'],
): InsuranceReading[] {
  if (spec.combine === 'together') return [readTogether(spec.kinds, spec, situation, areas)];
  return spec.kinds.map((kind) => readTogether([kind], spec, situation, areas));
}

function readTogether(
  kinds: readonly InsuranceKind[],
  spec: InsuranceSpec,
  situation: Situation,
  areas: Pack['areas'],
): InsuranceReading {
  const records = kinds.map((kind) => situation.resident.insurance?.[kind] ?? {});
  const histories = records.filter((record): record is InsuranceHistory => 'contributions' in record);
  const summaries = records.filter((record): record is InsuranceSummary => !('contributions' in record));
  const counts = summaries.map((summary) => countOfSummary(summary, spec, situation));
  const payings = summaries.map((summary) => payingOfSummary(summary, spec, situation));
  if (histories.length > 0) {
    // Without the contributions whose place is not known, and with all of them.
    const [fewest, most] = (['surely', 'perhaps'] as const).map((certainty) => {
      const months = histories.map((history) => creditedMonths(history, spec, situation, areas, certainty));
      return new Set([...months[0]!].filter((month) => months.every((credited) => credited.has(month))));
    });
    counts.push({ from: count(fewest!, spec, situation.on), to: count(most!, spec, situation.on) });
    payings.push(
      pays(fewest!, spec, situation.on) ? MET : pays(most!, spec, situation.on) ? unknown('missing') : UNMET,
    );
  }
  return { kinds, count: atBest(counts, spec), paying: all(payings) };
}

/**
 * What several counts amount to when a month counts only if all kinds are paid in it: no more than the smallest. Runs
 * that end in one month overlap in the shortest of them; months counted anywhere need not overlap at all.
 */
function atBest(counts: readonly (CountRange & { run?: number })[], spec: InsuranceSpec): CountRange {
  if (counts.length === 1) return counts[0]!;
  const to = Math.min(...counts.map((each) => each.to));
  const from =
    spec.mode === 'continuous'
      ? Math.min(...counts.map((each) => each.from))
      : Math.min(...counts.map((each) => each.run ?? 0));
  return { from: Math.min(from, to), to };
}

/** The months of a history that count under the rule: kind of payment, place, and gone on into the forecast. */
function creditedMonths(
  history: InsuranceHistory,
  spec: InsuranceSpec,
  situation: Situation,
  areas: Pack['areas'],
  certainty: 'surely' | 'perhaps',
): Set<Month> {
  const here = history.contributions.filter((contribution) => {
    const place = placeOf(contribution, spec, situation, areas).outcome;
    return place === 'met' || (place === 'unknown' && certainty === 'perhaps');
  });
  const thisMonth = monthOf(situation.asOf);
  const months = new Set<Month>();
  for (const contribution of here) {
    if (contribution.kind === 'back-paid' && spec.backPaid === 'excluded') continue;
    for (let month = contribution.from; month <= contribution.to; month = nextMonth(month)) {
      if (month <= thisMonth) months.add(month);
    }
  }
  if (situation.on > situation.asOf && months.has(cutOffMonth(spec.cutOff, situation.asOf))) {
    for (let month = thisMonth; month <= monthOf(situation.on); month = nextMonth(month)) months.add(month);
  }
  return months;
}

function placeOf(
  contribution: ContributionPeriod,
  spec: InsuranceSpec,
  situation: Situation,
  areas: Pack['areas'],
): Answer {
  if (spec.place === undefined) return MET;
  if (contribution.areaCode == null) return unknown('missing');
  if (spec.place !== 'area') return inSet(contribution.areaCode, areas.sets[spec.place] ?? []);
  const home = residenceArea(situation);
  const groups = spec.units === undefined ? [] : (areas.units[spec.units] ?? []);
  return home === null ? unknown('missing') : sameUnit(home, contribution.areaCode, groups);
}

function count(credited: ReadonlySet<Month>, spec: InsuranceSpec, date: Day): number {
  const cutOff = cutOffMonth(spec.cutOff, date);
  const first = spec.window === undefined ? '0000-00' : shiftMonth(cutOff, 1 - spec.window);
  const counting = new Set([...credited].filter((month) => first <= month && month <= cutOff));
  if (spec.mode === 'cumulative') return counting.size;
  let run = 0;
  let gap = 0;
  for (let month = cutOff; gap <= spec.maxGap; month = previousMonth(month)) {
    if (counting.has(month)) {
      run++;
      gap = 0;
    } else {
      gap++;
    }
  }
  return run;
}

function pays(credited: ReadonlySet<Month>, spec: InsuranceSpec, date: Day): boolean {
  if (spec.payingIn === undefined) return true;
  for (let back = 0; back <= spec.payingIn; back++) {
    if (!credited.has(shiftMonth(monthOf(date), -back))) return false;
  }
  return true;
}

/** By how many months a summary has grown: one for each that the cut-off moves, if it is being paid. */
function growth(summary: InsuranceSummary, spec: InsuranceSpec, { asOf, on }: Situation): number {
  if ((summary.continuousMonths ?? 0) === 0) return 0;
  return monthsBetween(cutOffMonth(spec.cutOff, asOf), cutOffMonth(spec.cutOff, on));
}

/** A summary is taken as counted under the rule that asks; months in a run are months in all. */
function countOfSummary(
  summary: InsuranceSummary,
  spec: InsuranceSpec,
  situation: Situation,
): CountRange & { run?: number } {
  const grown = growth(summary, spec, situation);
  // A window holds no more months than it is long.
  const most = spec.window ?? Number.POSITIVE_INFINITY;
  const monthsOf = (stated: number | undefined) => (stated == null ? null : Math.min(stated + grown, most));
  const run = monthsOf(summary.continuousMonths);
  const total = monthsOf(summary.cumulativeMonths);
  if (spec.mode === 'continuous') {
    return run === null ? { from: 0, to: total ?? most } : { from: run, to: run };
  }
  if (total !== null) {
    // As the window moves on, months before the run may be the ones that it leaves behind.
    const before = (summary.cumulativeMonths ?? 0) - (summary.continuousMonths ?? 0);
    const left = spec.window === undefined ? 0 : Math.min(grown, before);
    return {
      from: Math.min((summary.cumulativeMonths ?? 0) + grown - left, total),
      to: total,
      run: run ?? 0,
    };
  }
  return { from: run ?? 0, to: most, run: run ?? 0 };
}

function payingOfSummary(summary: InsuranceSummary, spec: InsuranceSpec, situation: Situation): Answer {
  if (spec.payingIn === undefined) return MET;
  if (summary.continuousMonths == null) return unknown('missing');
  return answer(summary.continuousMonths + growth(summary, spec, situation) >= spec.payingIn + 1);
}
