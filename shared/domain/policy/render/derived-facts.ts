import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import { ageOn } from '../../calendar/duration.ts';
import { type CountingRule, countNow } from '../../insurance/insurance-count.ts';
import { INSURANCE_KINDS, type InsuranceKind } from '../../resident/resident.ts';
import type { Language } from '../pack-schema.ts';
import type { ResidenceMonths, ResidentLife } from '../resident-life.ts';
import type { JsonText } from './json-text.ts';

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
  if (birthDate !== null && birthDate <= asOf) numberMember(out, 'age', ageOn(birthDate, asOf));
  textMember(out, 'permit.status', life.permitStatusOn(asOf));
  textMember(out, 'permit.type', life.permitType);
  textMember(out, 'permit.areaCode', life.permitArea);
  dateMember(out, 'permit.issuedOn', permit?.issuedOn);
  dateMember(out, 'permit.nextAnniversary', permit?.nextEndorsement?.anniversary);
  dateMember(out, 'residence.since', life.residenceSince);
  monthsMember(out, 'residence.continuousMonths', life.continuousMonthsOn(asOf));
  monthsMember(out, 'residence.cumulativeMonths', life.cumulativeMonthsOn(asOf));
  if (life.registered !== null) member(out, 'residence.registered', String(life.registered));
  textMember(out, 'residence.areaCode', life.residenceArea);
  for (const kind of INSURANCE_KINDS) insuranceMembers(out, kind, life);
  out.write(FINDINGS_NAME);
  out.write(findingsJson(life, language));
  out.write(END);
}

const OPEN = '{';
const END = '}';
const FINDINGS_NAME = '"findings":';

function member(out: JsonText, name: string, json: string): void {
  out.write(`"${name}":${json},`);
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

function textMember(out: JsonText, name: string, value: string | null): void {
  if (value !== null) member(out, name, JSON.stringify(value));
}

function dateMember(out: JsonText, name: string, date: CivilDate | null | undefined): void {
  if (date !== null && date !== undefined) member(out, name, `"${formatCivilDate(date)}"`);
}

function numberMember(out: JsonText, name: string, value: number): void {
  member(out, name, String(value));
}

function monthsMember(out: JsonText, name: string, months: ResidenceMonths | null): void {
  if (months === null) return;
  if (months.form === 'exact') numberMember(out, name, months.low);
  else if (months.form === 'readings') member(out, name, `{"restart":${months.low},"pause":${months.high}}`);
  // Of a summary in years the months are not known: the years are shown as they were given.
  else if (Number.isFinite(months.high))
    numberMember(out, 'residence.continuousYears', Math.floor(months.low / 12));
}

function insuranceMembers(out: JsonText, kind: InsuranceKind, life: ResidentLife): void {
  const months = life.paidMonths(kind, CONTINUOUS.backPaid, null);
  if (months === null) return;
  for (const rule of [CONTINUOUS, CUMULATIVE]) {
    const { low, high } = countNow(rule, months, life.asOfMonth);
    if (low === high) numberMember(out, INSURANCE_NAMES[kind][rule.mode], low);
  }
}

const INSURANCE_NAMES = Object.fromEntries(
  INSURANCE_KINDS.map((kind) => [
    kind,
    {
      continuous: `insurance.${kind}.continuousMonths`,
      cumulative: `insurance.${kind}.cumulativeMonths`,
    },
  ]),
) as Record<InsuranceKind, Record<CountingRule['mode'], string>>;
