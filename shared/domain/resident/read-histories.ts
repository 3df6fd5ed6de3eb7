import { type CivilDate, parseCivilDate } from '../calendar/civil-date.ts';
import { type CivilMonth, parseCivilMonth } from '../calendar/civil-month.ts';
import { byStart } from '../calendar/in-order.ts';
import type { ContributionRecord, InsuranceRecord } from '../insurance/insurance-count.ts';
import type { PermitEventRecord } from '../residence/permit.ts';
import type { ResidencePeriodRecord } from '../residence/residence.ts';
import type { InsuranceHistory, InsuranceSummary, PermitHistory, ResidenceHistory } from './resident.ts';

/** A date of a resident that was checked on the way in; one that was not is a fault of the caller. */
export function knownDate(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (date === null) throw new RangeError('a date of the resident was not checked');
  return date;
}

function knownMonth(text: string): CivilMonth {
  const month = parseCivilMonth(text);
  if (month === null) throw new RangeError('a month of the resident was not checked');
  return month;
}

/** Events of a permit with their dates as integers, in the order given. */
export function readPermitEvents(history: PermitHistory): PermitEventRecord[] {
  return history.events.map(({ type, on, areaCode, expiresOn }) => ({
    type,
    on: knownDate(on),
    areaCode: areaCode ?? null,
    expiresOn: expiresOn === undefined ? null : knownDate(expiresOn),
  }));
}

/** Registrations of residence with their dates as integers, in the order given. */
export function readResidencePeriods(history: ResidenceHistory): ResidencePeriodRecord[] {
  return history.periods.map(({ from, to, areaCode }) => ({
    from: knownDate(from),
    to: to === undefined || to === null ? null : knownDate(to),
    areaCode: areaCode ?? null,
  }));
}

/** Contributions, in the order of their first months, or the summary of one kind of insurance; null when nothing is known of it. */
export function readInsurance(kind: InsuranceHistory | InsuranceSummary | undefined): InsuranceRecord | null {
  if (kind === undefined) return null;
  if ('contributions' in kind) {
    return { contributions: byStart(kind.contributions.map(readContribution)) };
  }
  if (kind.continuousMonths === undefined && kind.cumulativeMonths === undefined) return null;
  return {
    continuousMonths: kind.continuousMonths ?? null,
    cumulativeMonths: kind.cumulativeMonths ?? null,
  };
}

function readContribution(period: InsuranceHistory['contributions'][number]): ContributionRecord {
  return {
    from: knownMonth(period.from),
    to: knownMonth(period.to),
    backPaid: period.kind === 'back-paid',
    areaCode: period.areaCode ?? null,
  };
}
