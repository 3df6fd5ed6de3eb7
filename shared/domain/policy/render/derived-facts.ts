import { formatCivilDate } from '../../calendar/civil-date.ts';
import { ageOn } from '../../calendar/duration.ts';
import { type CountingRule, InsuranceCounter } from '../../insurance/insurance-count.ts';
import { INSURANCE_KINDS, type InsuranceKind } from '../../resident/resident.ts';
import type { Language } from '../pack-schema.ts';
import type { ResidenceMonths, ResidentLife } from '../resident-life.ts';

type FactValue = string | number | boolean | { readonly restart: number; readonly pause: number };

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
const PLAIN_COUNT: CountingRule = {
  mode: 'continuous',
  backPaid: 'excluded',
  maxGap: 0,
  window: null,
  payingIn: null,
  cutOff: 'previous-month',
};

/** The JSON text of what was derived from the resident's facts at asOf, with findings about them. */
export function derivedFactsJson(life: ResidentLife, language: Language): string {
  const facts: Record<string, FactValue | object> = {};
  const birthDate = life.birthDate;
  if (birthDate !== null && birthDate <= life.asOf) facts.age = ageOn(birthDate, life.asOf);
  const status = life.permitStatusOn(life.asOf);
  if (status !== null) facts['permit.status'] = status;
  if (life.permitType !== null) facts['permit.type'] = life.permitType;
  if (life.permitArea !== null) facts['permit.areaCode'] = life.permitArea;
  const permit = life.permit;
  if (permit?.issuedOn) facts['permit.issuedOn'] = formatCivilDate(permit.issuedOn);
  if (permit?.nextEndorsement) {
    facts['permit.nextAnniversary'] = formatCivilDate(permit.nextEndorsement.anniversary);
  }
  const since = life.residenceSince;
  if (since !== null) facts['residence.since'] = formatCivilDate(since);
  addMonths(facts, 'residence.continuousMonths', life.continuousMonthsOn(life.asOf));
  addMonths(facts, 'residence.cumulativeMonths', life.cumulativeMonthsOn(life.asOf));
  if (life.registered !== null) facts['residence.registered'] = life.registered;
  if (life.residenceArea !== null) facts['residence.areaCode'] = life.residenceArea;
  for (const kind of INSURANCE_KINDS) addInsurance(facts, kind, life);
  facts.findings = (permit?.findings ?? []).map(({ code, on }) => ({
    code,
    pointer: `/resident/permit/events/${findingIndex(life, on)}`,
    detail: FINDINGS[code][language],
  }));
  return JSON.stringify(facts);
}

/** Which event on input a finding is about. */
function findingIndex(life: ResidentLife, on: Parameters<typeof formatCivilDate>[0]): number {
  const permit = life.resident.permit;
  const day = formatCivilDate(on);
  return permit !== undefined && 'events' in permit
    ? permit.events.findIndex((event) => event.type === 'endorsed' && event.on === day)
    : -1;
}

function addMonths(
  facts: Record<string, FactValue | object>,
  name: string,
  months: ResidenceMonths | null,
): void {
  if (months === null) return;
  if (months.form === 'exact') facts[name] = months.low;
  else if (months.form === 'readings') facts[name] = { restart: months.low, pause: months.high };
  // Of a summary in years the months are not known: the years are shown as they were given.
  else if (Number.isFinite(months.high)) facts['residence.continuousYears'] = Math.floor(months.low / 12);
}

function addInsurance(
  facts: Record<string, FactValue | object>,
  kind: InsuranceKind,
  life: ResidentLife,
): void {
  const months = life.paidMonths(kind, PLAIN_COUNT.backPaid, null);
  if (months === null) return;
  for (const mode of ['continuous', 'cumulative'] as const) {
    const counter = new InsuranceCounter({ ...PLAIN_COUNT, mode }, [months], life.asOfMonth);
    const { low, high } = counter.countAt(life.asOfMonth, false);
    if (low === high) facts[`insurance.${kind}.${mode}Months`] = low;
  }
}
