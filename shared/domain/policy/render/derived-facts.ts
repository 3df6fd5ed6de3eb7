import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import { ageOn } from '../../calendar/duration.ts';
import { type CountingRule, countNow } from '../../insurance/insurance-count.ts';
import { INSURANCE_KINDS, type InsuranceKind } from '../../resident/resident.ts';
import type { Language } from '../pack-schema.ts';
import type { ResidenceMonths, ResidentLife } from '../resident-life.ts';

const FINDINGS = {
  'endorsement-before-window': {
    'zh-CN': '该次签注早于可签注期间，不计入',
    en: 'this endorsement came before its window opened and does not count',
  },
  'event-after-cancellation': {
    'zh-CN': '居住证注销之后的签注不计入',
    en: 'an endorsement after the permit was cancelled does not count',
  },
} as const;

/** How months are counted where no rule asks: continuous to the month before, back-paid months left out. */
const CONTINUOUS: CountingRule = {
  mode: 'continuous',
  backPaid: 'excluded',
  maxGap: 0,
  window: null,
  payingIn: null,
  cutOff: 'previous-month',
};
const CUMULATIVE: CountingRule = { ...CONTINUOUS, mode: 'cumulative' };

/** The JSON text of what was derived from the resident's facts at asOf, with findings about them. */
export function derivedFactsJson(life: ResidentLife, language: Language): string {
  const { asOf, birthDate, permit } = life;
  let json = '{';
  if (birthDate !== null && birthDate <= asOf) json += `"age":${ageOn(birthDate, asOf)},`;
  json += textMember('permit.status', life.permitStatusOn(asOf));
  json += textMember('permit.type', life.permitType);
  json += textMember('permit.areaCode', life.permitArea);
  json += dateMember('permit.issuedOn', permit?.issuedOn);
  json += dateMember('permit.nextAnniversary', permit?.nextEndorsement?.anniversary);
  json += dateMember('residence.since', life.residenceSince);
  json += monthsMember('residence.continuousMonths', life.continuousMonthsOn(asOf));
  json += monthsMember('residence.cumulativeMonths', life.cumulativeMonthsOn(asOf));
  if (life.registered !== null) json += `"residence.registered":${life.registered},`;
  json += textMember('residence.areaCode', life.residenceArea);
  for (const kind of INSURANCE_KINDS) json += insuranceMembers(kind, life);
  return `${json}"findings":${findingsJson(life, language)}}`;
}

function findingsJson(life: ResidentLife, language: Language): string {
  const findings = life.permit?.findings ?? [];
  if (findings.length === 0) return '[]';
  return JSON.stringify(
    findings.map(({ code, on }) => ({
      code,
      pointer: `/resident/permit/events/${findingIndex(life, on)}`,
      detail: FINDINGS[code][language],
    })),
  );
}

/** Which event on input a finding is about. */
function findingIndex(life: ResidentLife, on: CivilDate): number {
  const permit = life.resident.permit;
  const day = formatCivilDate(on);
  return permit !== undefined && 'events' in permit
    ? permit.events.findIndex((event) => event.type === 'endorsed' && event.on === day)
    : -1;
}

function textMember(name: string, value: string | null): string {
  return value === null ? '' : `"${name}":${JSON.stringify(value)},`;
}

function dateMember(name: string, date: CivilDate | null | undefined): string {
  return date === null || date === undefined ? '' : `"${name}":"${formatCivilDate(date)}",`;
}

function monthsMember(name: string, months: ResidenceMonths | null): string {
  if (months === null) return '';
  if (months.form === 'exact') return `"${name}":${months.low},`;
  if (months.form === 'readings') return `"${name}":{"restart":${months.low},"pause":${months.high}},`;
  // Of a summary in years the months are not known: the years are shown as they were given.
  return Number.isFinite(months.high) ? `"residence.continuousYears":${Math.floor(months.low / 12)},` : '';
}

function insuranceMembers(kind: InsuranceKind, life: ResidentLife): string {
  const months = life.paidMonths(kind, CONTINUOUS.backPaid, null);
  if (months === null) return '';
  let json = '';
  for (const rule of [CONTINUOUS, CUMULATIVE]) {
    const { low, high } = countNow(rule, months, life.asOfMonth);
    if (low === high) json += `"insurance.${kind}.${rule.mode}Months":${low},`;
  }
  return json;
}
