import type {
  AgeTest,
  CountTest,
  Expression,
  FactTest,
  InsuranceTest,
  SinceTest,
  Test,
} from '../../shared/domain/policy/expression-schema.ts';
import type { Pack, PackCondition, RouteExpression } from '../../shared/domain/policy/pack-schema.ts';
import type { Resident } from '../../shared/domain/resident/resident.ts';
import { inSet, sameUnit } from './areas.ts';
import {
  ageOn,
  type Day,
  dayOfYear,
  fullMonths,
  lastDayOf,
  monthOf,
  previousMonth,
  yearOf,
} from './calendar.ts';
import { factOf, numbersOf } from './facts.ts';
import { type CountRange, readInsurance } from './insurance.ts';
import {
  type Answer,
  all,
  answer,
  any,
  atLeastOf,
  becauseOf,
  MET,
  not,
  type Reason,
  unknown,
  whicheverHolds,
} from './kleene.ts';
import { type Situation, situationAt } from './situation.ts';

export interface ConditionAnswer {
  readonly id: string;
  readonly route: string;
  readonly outcome: 'met' | 'unmet' | 'unknown';
  readonly because: Reason | null;
}

export interface ServiceAnswer {
  readonly code: string;
  readonly outcome: 'eligible' | 'not_eligible' | 'undetermined';
  /** The first route that is met. */
  readonly route: string | null;
  readonly conditions: readonly ConditionAnswer[];
}

/** Every service of a pack for a resident at `asOf`, straight from semantics.md. */
export function evaluatePack(pack: Pack, resident: Resident, asOf: Day): ServiceAnswer[] {
  const situation = situationAt(resident, pack.parameters, asOf);
  return Object.keys(pack.services).map((code) => evaluateService(pack, code, situation));
}

export function evaluateService(pack: Pack, code: string, situation: Situation): ServiceAnswer {
  const service = pack.services[code]!;
  const conditions: ConditionAnswer[] = [];
  const routes = service.routes.map((route) => {
    const id = 'use' in route ? route.use : route.id;
    const when: RouteExpression[] =
      'use' in route ? [pack.routes[route.use]!.when, ...(route.and ?? [])] : [route.when];
    const outcome = all(
      when.map((expression) =>
        evaluateRoute(expression, (conditionId) => {
          const condition = service.conditions[conditionId] ?? pack.conditions[conditionId]!;
          const given = evaluateCondition(pack, condition, situation);
          if (!conditions.some((known) => known.id === conditionId && known.route === id)) {
            conditions.push({
              id: conditionId,
              route: id,
              outcome: given.outcome,
              because: becauseOf(given),
            });
          }
          return given;
        }),
      ),
    );
    return { id, outcome: outcome.outcome };
  });
  const qualifying = routes.find((route) => route.outcome === 'met');
  if (qualifying) return { code, outcome: 'eligible', route: qualifying.id, conditions };
  const closed = routes.every((route) => route.outcome === 'unmet');
  return { code, outcome: closed ? 'not_eligible' : 'undetermined', route: null, conditions };
}

function evaluateRoute(expression: RouteExpression, conditionOf: (id: string) => Answer): Answer {
  if (typeof expression === 'string') return conditionOf(expression);
  const each = (parts: RouteExpression[]) => parts.map((part) => evaluateRoute(part, conditionOf));
  if ('all' in expression) return all(each(expression.all));
  if ('any' in expression) return any(each(expression.any));
  if ('not' in expression) return not(evaluateRoute(expression.not, conditionOf));
  return atLeastOf(expression.atLeast, each(expression.of));
}

/** A condition whose source is not in force is unknown, whatever the facts. */
export function evaluateCondition(pack: Pack, condition: PackCondition, situation: Situation): Answer {
  const { from, until } = pack.sources[condition.source.from]!.inForce;
  if (situation.on < from || (until !== null && situation.on > until)) return unknown('basis-expired');
  return evaluateExpression(pack, condition.test, situation);
}

export function evaluateExpression(pack: Pack, expression: Expression, situation: Situation): Answer {
  if (expression === 'not-published') return unknown('not-published');
  const each = (parts: Expression[]) => parts.map((part) => evaluateExpression(pack, part, situation));
  if ('all' in expression) return all(each(expression.all));
  if ('any' in expression) return any(each(expression.any));
  if ('not' in expression) return not(evaluateExpression(pack, expression.not, situation));
  if ('of' in expression) return atLeastOf(expression.atLeast, each(expression.of));
  return evaluateTest(pack, expression, situation);
}

function evaluateTest(pack: Pack, test: Test, situation: Situation): Answer {
  if ('fact' in test) return testFact(pack, test, situation);
  if ('since' in test) return testSince(test, situation);
  if ('count' in test) return testCount(test, situation);
  if ('age' in test) return testAge(test, situation);
  if ('insurance' in test) return testInsurance(pack, test, situation);
  if ('area' in test) {
    const code = factOf(test.area, situation) as string | null;
    if (code === null) return test.whenAbsent === 'in' ? MET : unknown('missing');
    return inSet(code, pack.areas.sets[test.in]!);
  }
  if ('sameArea' in test) {
    const [left, right] = test.sameArea.map((path) => factOf(path, situation) as string | null);
    if (left == null || right == null) return unknown('missing');
    return sameUnit(left, right, test.units === undefined ? [] : pack.areas.units[test.units]!);
  }
  const { from, to } = test.calendar;
  const today = situation.on.slice(5);
  return answer(from <= to ? from <= today && today <= to : from <= today || today <= to);
}

function testFact(pack: Pack, test: FactTest, situation: Situation): Answer {
  const { is, oneOf } = test;
  if (is !== undefined || oneOf !== undefined) {
    const value = factOf(test.fact, situation);
    if (value === null) return unknown('missing');
    return answer(oneOf === undefined ? value === is : oneOf.includes(value as string));
  }
  const groups = test.sameArea === undefined ? undefined : pack.areas.units[test.sameArea]!;
  const possible = numbersOf(test.fact, situation, groups);
  if (possible.length === 0) return withinWhatever(test);
  return whicheverHolds(
    possible.map((readings) =>
      whicheverHolds(
        readings.map((value) => within(test, value)),
        'ambiguous-law',
      ),
    ),
    'missing',
  );
}

type Threshold = number | 'not-published';
interface Bounds {
  readonly atLeast?: Threshold | undefined;
  readonly atMost?: Threshold | undefined;
  readonly moreThan?: Threshold | undefined;
  readonly lessThan?: Threshold | undefined;
}

/** 以上 and 以下 include the bound, 超过 and 不满 do not. */
function within(bounds: Bounds, value: number): Answer {
  const bound = (threshold: Threshold | undefined, holds: (threshold: number) => boolean): Answer[] => {
    if (threshold === undefined) return [];
    return [threshold === 'not-published' ? unknown('not-published') : answer(holds(threshold))];
  };
  return all([
    ...bound(bounds.atLeast, (threshold) => value >= threshold),
    ...bound(bounds.atMost, (threshold) => value <= threshold),
    ...bound(bounds.moreThan, (threshold) => value > threshold),
    ...bound(bounds.lessThan, (threshold) => value < threshold),
  ]);
}

/** Without the value. Where every figure of the law is open, no value could be judged: that is the reason then. */
function withinWhatever({ atLeast, atMost, moreThan, lessThan }: Bounds): Answer {
  const thresholds = [atLeast, atMost, moreThan, lessThan].filter((threshold) => threshold !== undefined);
  return unknown(
    thresholds.every((threshold) => threshold === 'not-published') ? 'not-published' : 'missing',
  );
}

function withinRange(bounds: Bounds, { from, to }: CountRange): Answer {
  // No rule asks for more than a hundred years.
  const values = [];
  for (let value = from; value <= Math.min(to, Math.max(from, 1200)); value++) values.push(value);
  return whicheverHolds(
    values.map((value) => within(bounds, value)),
    'missing',
  );
}

/** The day on which an age is read. */
function referenceDay(reference: string, on: Day): Day {
  if (reference === 'as-of') return on;
  if (reference === 'previous-month-end') return lastDayOf(previousMonth(monthOf(on)));
  return dayOfYear(yearOf(on), reference);
}

function testAge({ age }: AgeTest, situation: Situation): Answer {
  const { birthDate, sex } = situation.resident;
  if (birthDate == null) return unknown('missing');
  const years = ageOn(birthDate, referenceDay(age.on, situation.on));
  const sexes = sex == null ? (['male', 'female'] as const) : [sex];
  return whicheverHolds(
    sexes.map((each) => {
      const of = (threshold: typeof age.atLeast) =>
        typeof threshold === 'object' ? threshold[each] : threshold;
      return within(
        {
          atLeast: of(age.atLeast),
          atMost: of(age.atMost),
          moreThan: of(age.moreThan),
          lessThan: of(age.lessThan),
        },
        years,
      );
    }),
    'missing',
  );
}

function testSince(test: SinceTest, situation: Situation): Answer {
  const date = factOf(test.since, situation) as Day | null;
  return date === null ? unknown('missing') : within(test, fullMonths(date, situation.on));
}

function testCount(test: CountTest, situation: Situation): Answer {
  const children = situation.resident.household?.children;
  if (children == null) return unknown('missing');
  const counted = children
    .filter((child) => child.birthDate <= situation.on)
    .map((child): Answer => {
      if (test.age === undefined) return answer(true);
      const day = referenceDay(test.age.on, situation.on);
      // Born since that day, a child is in its first year and no older.
      return within(test.age, child.birthDate > day ? 0 : ageOn(child.birthDate, day));
    });
  const surely = counted.filter((child) => child.outcome === 'met').length;
  const perhaps = counted.filter((child) => child.outcome === 'unknown').length;
  const cases = Array.from({ length: perhaps + 1 }, (_, more) => within(test, surely + more));
  return whicheverHolds(cases, 'not-published');
}

function testInsurance(pack: Pack, test: InsuranceTest, situation: Situation): Answer {
  const readings = readInsurance(test.insurance, situation, pack.areas);
  const answers = readings.map((reading) => all([withinRange(test, reading.count), reading.paying]));
  return test.insurance.combine === 'any' ? any(answers) : all(answers);
}
