import type { CivilDate } from '../../calendar/civil-date.ts';
import { addDays } from '../../calendar/civil-date.ts';
import { addMonths } from '../../calendar/duration.ts';
import type { AreaUnits } from '../areas.ts';
import type { ResidenceMonths, ResidentLife } from '../resident-life.ts';
import type { CompiledFact } from './compiled-fact.ts';
import { EXACT, RANGE, READINGS, setExact, setSpan, setUnknown } from './fact-vector.ts';
import { booleanText, numberText } from './value-text.ts';

/** Months of residence as the law counts them (semantics section 3). */
export function residenceMonthsFact(
  mode: 'continuous' | 'cumulative',
  within: { readonly name: string; readonly units: AreaUnits } | null,
): CompiledFact {
  const path = `residence.${mode}Months`;
  const monthsOn = (life: ResidentLife, day: CivilDate): ResidenceMonths | null => {
    if (mode === 'cumulative') return life.cumulativeMonthsOn(day);
    return within === null ? life.continuousMonthsOn(day) : life.continuousMonthsInUnitOn(day, within.units);
  };
  return {
    key: within === null ? path : `${path}@${within.name}`,
    inputs: [path],
    step: 1,
    read(life, day, vector, index) {
      const months = monthsOn(life, day);
      if (months === null) setUnknown(vector, index, life, 'residence');
      else setSpan(vector, index, months.low, months.high, months.form === 'readings' ? READINGS : RANGE);
    },
    missing(life) {
      const months = monthsOn(life, life.asOf);
      if (months !== null && months.form !== 'range') return [];
      if (within === null) return [path];
      return life.residenceArea === null && life.residenceSince !== null
        ? ['residence.areaCode']
        : ['residence.sameAreaMonths'];
    },
    changes: (life, bounds, until) => monthCrossings((day) => monthsOn(life, day), life, bounds, until),
    text: (vector, index, language) => numberText(vector, index, 'month', language),
  };
}

/** The days on which a count of months reaches one of `bounds`, or the number after it, under either reading. */
function monthCrossings(
  monthsOn: (day: CivilDate) => ResidenceMonths | null,
  life: ResidentLife,
  bounds: readonly number[],
  until: CivilDate,
): CivilDate[] {
  const now = monthsOn(life.asOf);
  if (now === null) return [];
  const days = new Set<CivilDate>();
  const graceEnds = endOfGrace(life);
  for (const bound of bounds) {
    for (const target of [bound, bound + 1]) {
      for (const reading of ['low', 'high'] as const) {
        if (now[reading] >= target) continue;
        const day = firstDayReaching(
          (date) => monthsOn(date)![reading],
          target,
          now[reading],
          life.asOf,
          graceEnds,
        );
        if (day !== null && day <= until) days.add(day);
      }
    }
  }
  if (graceEnds !== null && graceEnds <= until) days.add(graceEnds);
  return [...days];
}

/** A lapse still within its days of grace counts on until they are over: the only day on which a count can fall. */
function endOfGrace(life: ResidentLife): CivilDate | null {
  const policy = life.rules.lapsePolicy;
  const open = life.permit?.suspensions.at(-1);
  if (typeof policy === 'string' || open === undefined || open.to !== null) return null;
  const day = addDays(open.from, policy.graceThenRestart.days + 1);
  return day > life.asOf ? day : null;
}

/**
 * The first day on which a count that rises by one a month, from `now` on `asOf`, reaches `target`; null when it does
 * not before `falls`. On which day of the month it rises depends on the stretch it counts, so the day is found by
 * halving, from the count itself; a short month may put it up to three days after the corresponding day of asOf.
 */
function firstDayReaching(
  countOn: (day: CivilDate) => number,
  target: number,
  now: number,
  asOf: CivilDate,
  falls: CivilDate | null,
): CivilDate | null {
  let reached = addDays(addMonths(asOf, target - now), 3);
  if (falls !== null && reached >= falls) reached = addDays(falls, -1);
  if (reached <= asOf || countOn(reached) < target) return null;
  let before = addMonths(asOf, target - now - 1);
  if (before >= reached || countOn(before) >= target) before = asOf;
  while (reached - before > 1) {
    const middle = addDays(before, (reached - before) >> 1);
    if (countOn(middle) >= target) reached = middle;
    else before = middle;
  }
  return reached;
}

/** Whether residence is registered (居住登记) at asOf. */
export const residenceRegisteredFact: CompiledFact = {
  key: 'residence.registered',
  inputs: ['residence.registered'],
  isYesOrNo: true,
  step: 0,
  changes: null,
  read(life, _day, vector, index) {
    const registered = life.registered;
    if (registered === null) setUnknown(vector, index, life, 'residence');
    else setExact(vector, index, registered ? 1 : 0);
  },
  missing: (life) => (life.registered === null ? ['residence.registered'] : []),
  text: (vector, index, language) =>
    vector.state[index] === EXACT ? booleanText(vector.low[index]!, language) : null,
};
