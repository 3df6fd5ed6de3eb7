import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import { ageOn } from '../../calendar/duration.ts';
import { type CountingRule, countNow } from '../../insurance/insurance-count.ts';
import { INSURANCE_KINDS, type InsuranceKind } from '../../resident/resident.ts';
import type { Language } from '../pack-schema.ts';
import type { ResidenceMonths, ResidentLife } from '../resident-life.ts';
import { quoted } from './json-text.ts';

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

/** The JSON of what was derived from the resident's facts at asOf, with findings about them. */
export function derivedFactsJson(life: ResidentLife, language: Language): string {
  const { asOf, birthDate, permit } = life;
  let json = OPEN;
  if (birthDate !== null && birthDate <= asOf) json += member(AGE, ageOn(birthDate, asOf));
  json += textMember(PERMIT_STATUS, life.permitStatusOn(asOf));
  json += textMember(PERMIT_TYPE, life.permitType);
  json += textMember(PERMIT_AREA, life.permitArea);
  json += dateMember(PERMIT_ISSUED, permit?.issuedOn);
  json += dateMember(PERMIT_ANNIVERSARY, permit?.nextEndorsement?.anniversary);
  json += dateMember(RESIDENCE_SINCE, life.residenceSince);
  json += monthsMember(CONTINUOUS_MONTHS, life.continuousMonthsOn(asOf));
  json += monthsMember(CUMULATIVE_MONTHS, life.cumulativeMonthsOn(asOf));
  if (life.registered !== null) json += member(REGISTERED, life.registered);
  json += textMember(RESIDENCE_AREA, life.residenceArea);
  for (const kind of INSURANCE_KINDS) json += insuranceMembers(kind, life);
  return json + FINDINGS_NAME + findingsJson(life, language) + END;
}

const OPEN = '{';
const END = '}';
const COMMA = ',';
/** Names of members, as they stand before their values. */
const AGE = nameOf('age');
const PERMIT_STATUS = nameOf('permit.status');
const PERMIT_TYPE = nameOf('permit.type');
const PERMIT_AREA = nameOf('permit.areaCode');
const PERMIT_ISSUED = nameOf('permit.issuedOn');
const PERMIT_ANNIVERSARY = nameOf('permit.nextAnniversary');
const RESIDENCE_SINCE = nameOf('residence.since');
const CONTINUOUS_MONTHS = nameOf('residence.continuousMonths');
const CONTINUOUS_YEARS = nameOf('residence.continuousYears');
const CUMULATIVE_MONTHS = nameOf('residence.cumulativeMonths');
const REGISTERED = nameOf('residence.registered');
const RESIDENCE_AREA = nameOf('residence.areaCode');
const FINDINGS_NAME = nameOf('findings');

function nameOf(member: string): string {
  return `"${member}":`;
}

/** `json`: the value; what is not a string is written as JSON writes it. */
function member(name: string, json: string | number | boolean): string {
  return name + json + COMMA;
}

/** Nothing in it is to be escaped: codes, places and words of ours. */
function findingsJson(life: ResidentLife, language: Language): string {
  let members = '';
  for (const { code, on } of life.permit?.findings ?? []) {
    const pointer = `/resident/permit/events/${findingIndex(life, on)}`;
    const detail = FINDINGS[code][language];
    members += `${members === '' ? '' : COMMA}{"code":"${code}","pointer":"${pointer}","detail":"${detail}"}`;
  }
  return `[${members}]`;
}

/** Which event on input a finding is about. */
function findingIndex(life: ResidentLife, on: CivilDate): number {
  const permit = life.resident.permit;
  const day = formatCivilDate(on);
  return permit !== undefined && 'events' in permit
    ? permit.events.findIndex((event) => event.type === 'endorsed' && event.on === day)
    : -1;
}

const NO_MEMBER = '';

function textMember(name: string, value: string | null): string {
  return value === null ? NO_MEMBER : member(name, quoted(value));
}

function dateMember(name: string, date: CivilDate | null | undefined): string {
  return date === null || date === undefined ? NO_MEMBER : member(name, `"${formatCivilDate(date)}"`);
}

function monthsMember(name: string, months: ResidenceMonths | null): string {
  if (months === null) return NO_MEMBER;
  if (months.form === 'exact') return member(name, months.low);
  if (months.form === 'readings') return member(name, `{"restart":${months.low},"pause":${months.high}}`);
  // Of a summary in years the months are not known: the years are shown as they were given.
  return Number.isFinite(months.high) ? member(CONTINUOUS_YEARS, Math.floor(months.low / 12)) : NO_MEMBER;
}

function insuranceMembers(kind: InsuranceKind, life: ResidentLife): string {
  const months = life.paidMonths(kind, CONTINUOUS.backPaid, null);
  if (months === null) return NO_MEMBER;
  const names = INSURANCE_NAMES[kind];
  const run = countNow(CONTINUOUS, months, life.asOfMonth);
  const total = countNow(CUMULATIVE, months, life.asOfMonth);
  const continuous = run.low === run.high ? member(names.continuous, run.low) : NO_MEMBER;
  return total.low === total.high ? continuous + member(names.cumulative, total.low) : continuous;
}

const INSURANCE_NAMES = Object.fromEntries(
  INSURANCE_KINDS.map((kind) => [
    kind,
    {
      continuous: nameOf(`insurance.${kind}.continuousMonths`),
      cumulative: nameOf(`insurance.${kind}.cumulativeMonths`),
    },
  ]),
) as Record<InsuranceKind, Record<CountingRule['mode'], string>>;
