import { addDays, type CivilDate } from '../../calendar/civil-date.ts';
import { type CivilMonth, firstDayOf, monthOf } from '../../calendar/civil-month.ts';
import { cutOffMonth, firstMonthWithCutOff } from '../../insurance/cut-off.ts';
import {
  type CountingRule,
  InsuranceCounter,
  NOT_PAYING,
  type PlaceMembership,
} from '../../insurance/insurance-count.ts';
import type { AreaSet, AreaUnits } from '../areas.ts';
import type { InsuranceSpec } from '../expression-schema.ts';
import type { Language } from '../pack-schema.ts';
import type { ResidentLife } from '../resident-life.ts';
import type { CompiledFact } from './compiled-fact.ts';
import { EXACT, RANGE, setSpan, setUnknown } from './fact-vector.ts';
import { numberText } from './value-text.ts';

/** Where months must have been paid: in a set of areas, or in the unit of the resident's own area; null: anywhere. */
export type PaidPlace = { readonly set: AreaSet } | { readonly units: AreaUnits } | null;

/** An insurance count, with what is needed to say until when it must be paid. */
export interface InsuranceFact extends CompiledFact {
  readonly spec: InsuranceSpec;
  readonly rule: CountingRule;
  /** Null where nothing is known of any of its kinds. */
  counter(life: ResidentLife): InsuranceCounter | null;
}

const NOT_PAYING_TEXT: Record<Language, string> = {
  'zh-CN': '未在要求的月份缴费',
  en: 'not paid in the months required',
};

/** Months under one rule in which one kind of insurance, or several together, are paid (semantics section 4). */
export function insuranceFact(spec: InsuranceSpec, place: PaidPlace): InsuranceFact {
  const rule: CountingRule = {
    mode: spec.mode,
    backPaid: spec.backPaid,
    maxGap: spec.maxGap,
    window: spec.window ?? null,
    payingIn: spec.payingIn ?? null,
    cutOff: spec.cutOff,
  };
  const count = (life: ResidentLife): InsuranceCounter | null => {
    if (spec.kinds.every((kind) => life.insurance(kind) === null)) return null;
    const membership = membershipIn(place, life);
    const kinds = spec.kinds.map((kind) => life.paidMonths(kind, spec.backPaid, membership));
    return new InsuranceCounter(rule, kinds, life.asOfMonth);
  };
  const counter = (life: ResidentLife) => life.remember(rule, count);
  return {
    key: `insurance:${JSON.stringify(spec)}`,
    inputs: spec.kinds.map((kind) => `insurance.${kind}`),
    step: 1,
    spec,
    rule,
    counter,
    read(life, day, vector, index) {
      const known = counter(life);
      if (known === null) return setUnknown(vector, index, life, 'insurance');
      const isLater = day > life.asOf;
      const { low, high } = known.countAt(isLater ? monthOf(day) : life.asOfMonth, isLater);
      setSpan(vector, index, low, high, RANGE);
    },
    missing(life) {
      const absent = spec.kinds
        .filter((kind) => life.insurance(kind) === null)
        .map((kind) => `insurance.${kind}`);
      if (absent.length > 0) return absent;
      const { low, high } = counter(life)!.countAt(life.asOfMonth, false);
      if (low === high) return [];
      if (place !== null && 'units' in place && life.residenceArea === null) return ['residence.areaCode'];
      return spec.kinds.map((kind) => `insurance.${kind}.contributions`);
    },
    changes(life, bounds, until) {
      const known = counter(life);
      return known === null ? [] : countChanges(rule, known, life, bounds, until);
    },
    text(vector, index, language) {
      if (vector.state[index] === EXACT && vector.low[index] === NOT_PAYING) return NOT_PAYING_TEXT[language];
      return numberText(vector, index, 'month', language);
    },
  };
}

function membershipIn(
  place: PaidPlace,
  life: ResidentLife,
): ((code: string | null) => PlaceMembership) | null {
  if (place === null) return null;
  if ('set' in place) return (code) => (code === null ? 'unknown' : place.set.membership(code));
  const here = life.residenceArea;
  return (code) => (code === null || here === null ? 'unknown' : place.units.membership(code, here));
}

/**
 * Days on which the count may change in a way that matters: the day after asOf (from when on the month of asOf counts
 * as paid), the first of each month until what was recorded has run out, and then, where payments go on and the count
 * only rises, the months in which it reaches a bound.
 */
function countChanges(
  rule: CountingRule,
  counter: InsuranceCounter,
  life: ResidentLife,
  bounds: readonly number[],
  until: CivilDate,
): CivilDate[] {
  const days: CivilDate[] = [];
  const add = (day: CivilDate) => {
    if (day <= until) days.push(day);
  };
  add(addDays(life.asOf, 1));
  const settled = settledMonth(rule, life.asOfMonth);
  for (let month = life.asOfMonth + 1; month <= settled; month++) add(firstDayOf(month as CivilMonth));
  if (!counter.continues) return days;
  const { low, high } = counter.countAt(settled, true);
  const cutOff = cutOffMonth(rule.cutOff, settled);
  for (const count of low === high ? [low] : [low, high]) {
    if (!Number.isFinite(count)) continue;
    for (const bound of bounds) {
      for (let target = bound; target <= bound + 1; target++) {
        if (target > count)
          add(firstDayOf(firstMonthWithCutOff(rule.cutOff, (cutOff + target - count) as CivilMonth)));
      }
    }
  }
  return days;
}

/** The month from which on a count is constant, or rises by one with each cut-off month. */
export function settledMonth(rule: CountingRule, asOfMonth: CivilMonth): CivilMonth {
  const reach = Math.max(rule.window ?? 0, rule.maxGap + 1, (rule.payingIn ?? 0) + 1);
  const untilCutOffMoves = rule.cutOff === 'as-of-month' || rule.cutOff === 'previous-month' ? 1 : 12;
  return (asOfMonth + reach + untilCutOffMoves) as CivilMonth;
}
