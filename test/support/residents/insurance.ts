import type { CivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { type CivilMonth, formatCivilMonth, monthOf } from '../../../shared/domain/calendar/civil-month.ts';
import {
  type ContributionPeriod,
  INSURANCE_KINDS,
  type InsuranceHistory,
  type InsuranceSummary,
  type Resident,
} from '../../../shared/domain/resident/resident.ts';
import { type Chooser, chance, pick, shuffled, withOmissions } from '../chooser.ts';
import { anyArea, areaInCity } from './areas.ts';

type Form = 'history' | 'summary';

/** All kinds: mostly paid together, as employers do, each now and then in its own way. */
export function insuranceOf(chooser: Chooser, asOf: CivilDate, omit: number, formOf: () => Form) {
  const common = insuranceHistory(chooser, asOf, omit);
  const form = formOf();
  const commonSummary = insuranceSummary(chooser, omit);
  const kinds = INSURANCE_KINDS.map((kind) => {
    const own = chance(chooser, 25);
    if ((own ? formOf() : form) === 'summary') {
      return [kind, own ? insuranceSummary(chooser, omit) : commonSummary] as const;
    }
    return [kind, own ? insuranceHistory(chooser, asOf, omit) : common] as const;
  });
  return withOmissions(chooser, Object.fromEntries(kinds), omit) as NonNullable<Resident['insurance']>;
}

export function insuranceSummary(chooser: Chooser, omit: number): InsuranceSummary {
  const run = pick(chooser, [
    0,
    1,
    3,
    5,
    6,
    11,
    12,
    23,
    24,
    35,
    36,
    59,
    60,
    72,
    120,
    179,
    180,
    chooser.int(0, 240),
  ]);
  return withOmissions(
    chooser,
    { continuousMonths: run, cumulativeMonths: run + pick(chooser, [0, 0, 1, 8, 60]) },
    omit,
  );
}

/** Up to ten years of months back from about now: paid, paid late, or not paid; here or elsewhere. */
export function insuranceHistory(chooser: Chooser, asOf: CivilDate, omit: number): InsuranceHistory {
  const contributions: ContributionPeriod[] = [];
  const oneArea = chance(chooser, 60) ? areaInCity(chooser) : null;
  let last = (monthOf(asOf) + pick(chooser, [-40, -6, -3, -2, -1, -1, -1, 0, 0, 0, 0, 5])) as CivilMonth;
  const first = monthOf(asOf) - 120;
  while (last >= first) {
    const length = pick(chooser, [1, 2, 5, 6, 11, 12, 24, 36, 60, chooser.int(1, 120)]);
    const from = Math.max(first, last - length + 1) as CivilMonth;
    contributions.push({
      from: formatCivilMonth(from),
      to: formatCivilMonth(last),
      kind: chance(chooser, 82) ? 'paid' : 'back-paid',
      ...withOmissions(chooser, { areaCode: oneArea ?? anyArea(chooser) }, omit / 2),
    });
    // Touching, overlapping, or with a gap, often of a length that some rule still bridges.
    last = (from - 1 - pick(chooser, [0, 0, 0, 1, 2, 3, 4, 9, -2])) as CivilMonth;
    if (chance(chooser, 12)) break;
  }
  return { contributions: shuffled(chooser, contributions) };
}
