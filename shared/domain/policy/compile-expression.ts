import { type AreaSet, type AreaUnits, EVERY_AREA_BY_ITSELF } from './areas.ts';
import { type BoundsInput, bounds, EVERYTHING, isInside, isNotPublished } from './bounds.ts';
import type { CompiledTest } from './compiled-policy.ts';
import type {
  AgeTest,
  Expression,
  FactTest,
  InsuranceSpec,
  InsuranceTest,
  Test,
} from './expression-schema.ts';
import { areaInSetFact, INSIDE_VALUES, sameAreaFact } from './facts/area-facts.ts';
import type { CompiledFact } from './facts/compiled-fact.ts';
import { ageFact, calendarFact, childrenFact, sinceFact, yearsFact } from './facts/date-facts.ts';
import { insuranceFact, type PaidPlace } from './facts/insurance-fact.ts';
import { permitStatusFact, permitTypeFact } from './facts/permit-facts.ts';
import { plainFact } from './facts/plain-fact.ts';
import { residenceMonthsFact, residenceRegisteredFact } from './facts/residence-facts.ts';
import { interned } from './interned.ts';
import { InvalidPack } from './invalid-pack.ts';
import type { NodeTable } from './node-table.ts';
import { NOT_PUBLISHED } from './not-published.ts';
import { simplerParts } from './simpler-parts.ts';
import { type FactDefinition, factDefinition } from './vocabulary.ts';

type Path = readonly (string | number)[];

export interface CompiledAreas {
  readonly sets: ReadonlyMap<string, AreaSet>;
  readonly units: ReadonlyMap<string, AreaUnits>;
}

const BOOLEAN_VALUES = ['false', 'true'];
const IS_TRUE = 0b10;

/** Turns the expressions of conditions into nodes, tests and facts, each fact and each test once. */
export class ExpressionCompiler {
  readonly facts: CompiledFact[] = [];
  readonly tests: CompiledTest[] = [];
  sexFact = -1;
  private readonly factIndex = new Map<string, number>();
  private readonly testIndex = new Map<string, number>();
  private readonly table: NodeTable;
  private readonly areas: CompiledAreas;

  constructor(table: NodeTable, areas: CompiledAreas) {
    this.table = table;
    this.areas = areas;
  }

  /** Node of an expression and its tests in the order they are written. */
  compile(expression: Expression, path: Path): { node: number; tests: number[] } {
    const tests: number[] = [];
    const visit = (part: Expression, at: Path): number => {
      const visitAll = (parts: readonly Expression[], key: string) =>
        parts.map((child, index) => visit(child, [...at, key, index]));
      if (part !== NOT_PUBLISHED) {
        if ('all' in part) return this.table.all(visitAll(part.all, 'all'));
        if ('any' in part) return this.table.any(visitAll(part.any, 'any'));
        if ('not' in part) return this.table.not(visit(part.not, [...at, 'not']));
        if ('of' in part) return this.table.atLeast(part.atLeast, visitAll(part.of, 'of'));
      }
      const simpler = part === NOT_PUBLISHED ? null : simplerParts(part as Test);
      if (simpler !== null) {
        const nodes = simpler.parts.map((each) => visit(each, at));
        return simpler.combine === 'any' ? this.table.any(nodes) : this.table.all(nodes);
      }
      const test = this.test(part as typeof NOT_PUBLISHED | Test, at);
      if (!tests.includes(test)) tests.push(test);
      return this.table.test(test);
    };
    return { node: visit(expression, path), tests };
  }

  /** Whether time can change the outcome of a test. */
  canChange(test: number): boolean {
    const { fact, notPublished } = this.tests[test]!;
    return !notPublished && this.facts[fact]!.changes !== null;
  }

  private test(test: typeof NOT_PUBLISHED | Test, path: Path): number {
    if (test === NOT_PUBLISHED) return this.addTest({ ...BOUNDLESS, fact: -1, notPublished: true });
    if ('calendar' in test) {
      return this.addTest(isTrue(this.addFact(calendarFact(test.calendar.from, test.calendar.to))));
    }
    if ('area' in test) {
      this.expect(test.area, ['area'], [...path, 'area']);
      const set = this.areas.sets.get(test.in);
      if (set === undefined)
        throw new InvalidPack([...path, 'in'], `names no area set of the pack: ${test.in}`);
      const fact = this.addFact(areaInSetFact(test.area, test.in, set, test.whenAbsent ?? 'unknown'));
      return this.addTest({ ...isTrue(fact), values: INSIDE_VALUES });
    }
    if ('since' in test) {
      this.expect(test.since, ['date'], [...path, 'since']);
      return this.addTest(within(this.addFact(sinceFact(test.since)), test));
    }
    if ('count' in test) {
      const age = test.age;
      const range =
        age === undefined ? null : { on: interned(age.on), key: JSON.stringify(age), ...ageRange(age) };
      return this.addTest(within(this.addFact(childrenFact(range)), test));
    }
    if ('age' in test) return this.addTest(this.ageTest(test.age));
    if ('insurance' in test) return this.addTest(this.insuranceTest(test, path));
    if ('fact' in test) return this.addTest(this.factTest(test, path));
    const [a, b] = test.sameArea;
    test.sameArea.forEach((fact, index) => {
      this.expect(fact, ['area'], [...path, 'sameArea', index]);
    });
    const units = this.units(test.units, [...path, 'units']);
    return this.addTest(isTrue(this.addFact(sameAreaFact([a, b], test.units ?? 'area', units))));
  }

  private factTest(test: FactTest, path: Path): CompiledTest {
    const { type } = factDefinition(test.fact) as FactDefinition;
    if (test.is !== undefined || test.oneOf !== undefined) {
      this.expect(test.fact, ['boolean', 'enum'], [...path, 'fact']);
      const known = type.kind === 'enum' ? type.values : BOOLEAN_VALUES;
      const wanted = (test.oneOf ?? [test.is]).map(String);
      const values = wanted.reduce((mask, value, index) => {
        const bit = known.indexOf(value);
        const at = test.oneOf === undefined ? [...path, 'is'] : [...path, 'oneOf', index];
        if (bit === -1) throw new InvalidPack(at, `is not a value of ${test.fact}: ${value}`);
        return mask | (1 << bit);
      }, 0);
      return { ...BOUNDLESS, fact: this.addFact(this.namedFact(test.fact, undefined, path)), values };
    }
    this.expect(test.fact, ['number'], [...path, 'fact']);
    return within(this.addFact(this.namedFact(test.fact, test.sameArea, path)), test);
  }

  private namedFact(fact: string, sameArea: string | undefined, path: Path): CompiledFact {
    const within =
      sameArea === undefined ? null : { name: sameArea, units: this.units(sameArea, [...path, 'sameArea']) };
    if (within !== null && fact !== 'residence.continuousMonths') {
      throw new InvalidPack([...path, 'sameArea'], 'goes with residence.continuousMonths only');
    }
    switch (fact) {
      case 'permit.status':
        return permitStatusFact;
      case 'permit.type':
        return permitTypeFact;
      case 'education.seniorSecondaryYears':
        return yearsFact(fact, 'education.seniorSecondarySince');
      case 'residence.registered':
        return residenceRegisteredFact;
      case 'residence.continuousMonths':
        return residenceMonthsFact('continuous', within);
      case 'residence.cumulativeMonths':
        return residenceMonthsFact('cumulative', null);
      default:
        return plainFact(fact);
    }
  }

  private ageTest(age: AgeTest['age']): CompiledTest {
    const fact = this.addFact(ageFact(interned(age.on)));
    const bySex = Object.values(age).some((bound) => typeof bound === 'object' && bound !== null);
    if (!bySex) return within(fact, age);
    this.sexFact = this.addFact(plainFact('sex'));
    const forSex = (sex: 'male' | 'female'): BoundsInput =>
      Object.fromEntries(
        Object.entries(age).map(([bound, value]) => [
          bound,
          typeof value === 'object' ? (value as { male: number; female: number })[sex] : value,
        ]),
      );
    return { ...within(fact, forSex('male')), boundsForWomen: bounds(forSex('female')) };
  }

  private insuranceTest(test: InsuranceTest, path: Path): CompiledTest {
    const { place, units } = test.insurance;
    let paidPlace: PaidPlace = null;
    if (place === 'area') {
      paidPlace = { units: this.units(units, [...path, 'insurance', 'units']) };
    } else if (place !== undefined) {
      const set = this.areas.sets.get(place);
      if (set === undefined)
        throw new InvalidPack([...path, 'insurance', 'place'], `needs an area set named ${place}`);
      paidPlace = { set };
    }
    return within(this.addFact(insuranceFact(interned(oneWayToSay(test.insurance)), paidPlace)), test);
  }

  private units(name: string | undefined, path: Path) {
    if (name === undefined || name === 'area') return EVERY_AREA_BY_ITSELF;
    const units = this.areas.units.get(name);
    if (units === undefined) throw new InvalidPack(path, `names no area units of the pack: ${name}`);
    return units;
  }

  private expect(fact: string, kinds: readonly string[], path: Path): void {
    const kind = factDefinition(fact)?.type.kind;
    if (kind === undefined || !kinds.includes(kind)) {
      throw new InvalidPack(
        path,
        `${fact} cannot be asked so: it is ${kind ?? 'unknown'}, not ${kinds.join(' or ')}`,
      );
    }
  }

  private addFact(fact: CompiledFact): number {
    let index = this.factIndex.get(fact.key);
    if (index === undefined) {
      index = this.facts.push(fact) - 1;
      this.factIndex.set(fact.key, index);
    }
    return index;
  }

  private addTest(test: CompiledTest): number {
    const key = JSON.stringify(test, (_key, value) =>
      Number.isFinite(value) || typeof value !== 'number' ? value : `${value}`,
    );
    let index = this.testIndex.get(key);
    if (index === undefined) {
      index = this.tests.push(test) - 1;
      this.testIndex.set(key, index);
    }
    return index;
  }
}

const BOUNDLESS = { values: null, bounds: EVERYTHING, boundsForWomen: null, notPublished: false } as const;

function isTrue(fact: number): CompiledTest {
  return { ...BOUNDLESS, fact, values: IS_TRUE };
}

function within(fact: number, input: BoundsInput): CompiledTest {
  if (isNotPublished(input)) return { ...BOUNDLESS, fact, notPublished: true };
  return { ...BOUNDLESS, fact, bounds: bounds(input) };
}

/** Each of one kind, any of one kind and one kind together are one fact, to be counted once. */
function oneWayToSay(spec: InsuranceSpec): InsuranceSpec {
  return spec.kinds.length === 1 ? { ...spec, combine: 'each' } : spec;
}

/** The ages that count, and where they begin and end. */
function ageRange(input: BoundsInput): { includes(age: number): boolean; bounds: number[] } {
  const range = bounds(input);
  return {
    includes: (age) => isInside(range, age),
    bounds: [range.low, range.high].filter(Number.isFinite),
  };
}
