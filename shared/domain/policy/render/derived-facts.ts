import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import { ageOn } from '../../calendar/duration.ts';
import { type CountingRule, countNow } from '../../insurance/insurance-count.ts';
import { INSURANCE_KINDS, type InsuranceKind } from '../../resident/resident.ts';
import type { Language } from '../pack-schema.ts';
import type { ResidenceMonths, ResidentLife } from '../resident-life.ts';
import { type JsonText, quoted } from './json-text.ts';

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

/** Writes the JSON of what was derived from the resident's facts at asOf, with findings about them. */
export function writeDerivedFacts(out: JsonText, life: ResidentLife, language: Language): void {
  const { asOf, birthDate, permit } = life;
  out.write(OPEN);
  if (birthDate !== null && birthDate <= asOf) member(out, AGE, ageOn(birthDate, asOf));
  textMember(out, PERMIT_STATUS, life.permitStatusOn(asOf));
  textMember(out, PERMIT_TYPE, life.permitType);
  textMember(out, PERMIT_AREA, life.permitArea);
  dateMember(out, PERMIT_ISSUED, permit?.issuedOn);
  dateMember(out, PERMIT_ANNIVERSARY, permit?.nextEndorsement?.anniversary);
  dateMember(out, RESIDENCE_SINCE, life.residenceSince);
  monthsMember(out, CONTINUOUS_MONTHS, life.continuousMonthsOn(asOf));
  monthsMember(out, CUMULATIVE_MONTHS, life.cumulativeMonthsOn(asOf));
  if (life.registered !== null) member(out, REGISTERED, life.registered);
  textMember(out, RESIDENCE_AREA, life.residenceArea);
  for (const kind of INSURANCE_KINDS) insuranceMembers(out, kind, life);
  out.write(FINDINGS_NAME);
  out.write(findingsJson(life, language));
  out.write(END);
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
function member(out: JsonText, name: string, json: string | number | boolean): void {
  out.write(name + json + COMMA);
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

function textMember(out: JsonText, name: string, value: string | null): void {
  if (value !== null) member(out, name, quoted(value));
}

function dateMember(out: JsonText, name: string, date: CivilDate | null | undefined): void {
  if (date !== null && date !== undefined) member(out, name, `"${formatCivilDate(date)}"`);
}

function monthsMember(out: JsonText, name: string, months: ResidenceMonths | null): void {
  if (months === null) return;
  if (months.form === 'exact') member(out, name, months.low);
  else if (months.form === 'readings') member(out, name, `{"restart":${months.low},"pause":${months.high}}`);
  // Of a summary in years the months are not known: the years are shown as they were given.
  else if (Number.isFinite(months.high)) member(out, CONTINUOUS_YEARS, Math.floor(months.low / 12));
}

function insuranceMembers(out: JsonText, kind: InsuranceKind, life: ResidentLife): void {
  const months = life.paidMonths(kind, CONTINUOUS.backPaid, null);
  if (months === null) return;
  const names = INSURANCE_NAMES[kind];
  const run = countNow(CONTINUOUS, months, life.asOfMonth);
  if (run.low === run.high) member(out, names.continuous, run.low);
  const total = countNow(CUMULATIVE, months, life.asOfMonth);
  if (total.low === total.high) member(out, names.cumulative, total.low);
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
