import { describe, expect, it } from 'vitest';
import { VOCABULARY } from '../../../shared/domain/policy/vocabulary.ts';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { type ProductAnswer, productAnswers } from '../../reference/compare.ts';
import { generateCases } from '../../support/generate-residents.ts';
import { realPolicies } from '../../support/packs/real-packs.ts';
import { AREAS } from '../../support/residents/areas.ts';

/** Facts that are read as they are given, with values on both sides of what rules ask. */
const samples = new Map(
  Object.entries(VOCABULARY).flatMap(([path, { type, ...rest }]): [string, unknown[]][] => {
    if ('derived' in rest || !path.includes('.')) return [];
    if (type.kind === 'boolean') return [[path, [true, false]]];
    if (type.kind === 'enum') return [[path, [...type.values]]];
    if (type.kind === 'number') return [[path, [0, 2, 49_000, 10_000_000]]];
    if (type.kind === 'area') return [[path, [...AREAS]]];
    return [];
  }),
);

/** Facts that follow from one another: what is not given may be known, and `missing` may name the other. */
const LINKED = [
  'household.size',
  'household.single',
  'household.annualIncome',
  'household.personalAnnualIncome',
  'housing.ownsHomeInCity',
  'housing.ownsHomeInCentralCity',
  'housing.ownsHomeInProjectCounty',
  'housing.ownedHomesInCity',
  'housing.ownedAreaPerPerson',
  'employment.status',
  'employment.registeredUnemployed',
  'employment.involuntaryLoss',
  'employment.contract',
];

/** A whole city or province is a place that is given, and yet may not be enough of one. */
const isCoarse = (value: unknown) => typeof value === 'string' && value.endsWith('00');

function valueAt(resident: Resident, path: string): unknown {
  const [group, key] = path.split('.') as [keyof Resident, string];
  return (resident[group] as Record<string, unknown> | undefined)?.[key];
}

function withValue(resident: Resident, path: string, value: unknown): Resident {
  const [group, key] = path.split('.') as [keyof Resident, string];
  return { ...resident, [group]: { ...(resident[group] as object | undefined), [key]: value } };
}

const chengdu = realPolicies().find(({ history }) => history.id === 'chengdu')!;
const cases = generateCases(30, 31, { omit: 30 }).map((each) => ({
  ...each,
  answers: productAnswers(chengdu, each.resident, each.asOf),
}));

function outcomesWith(
  resident: Resident,
  asOf: string,
  path: string,
): Map<string, ProductAnswer['outcome']>[] {
  return samples
    .get(path)!
    .map(
      (value) =>
        new Map(
          productAnswers(chengdu, withValue(resident, path, value), asOf).map((answer) => [
            answer.code,
            answer.outcome,
          ]),
        ),
    );
}

describe('what is missing', () => {
  it('is listed for undetermined services only, and never a fact that was given in full', () => {
    let undetermined = 0;
    for (const { resident, answers } of cases) {
      for (const answer of answers) {
        if (answer.outcome === 'undetermined') undetermined++;
        else expect(answer.missing).toEqual([]);
        for (const path of answer.missing.filter((path) => samples.has(path))) {
          const value = valueAt(resident, path);
          expect(value === undefined || isCoarse(value), path).toBe(true);
        }
      }
    }
    expect(undetermined).toBeGreaterThan(75);
  });

  it('names every fact that could decide a service by itself', () => {
    const unnamed: string[] = [];
    for (const { resident, asOf, answers } of cases) {
      for (const path of samples.keys()) {
        if (LINKED.includes(path) || valueAt(resident, path) !== undefined) continue;
        const open = answers.filter(
          (answer) => answer.outcome === 'undetermined' && !answer.missing.includes(path),
        );
        for (const outcomes of outcomesWith(resident, asOf, path)) {
          unnamed.push(
            ...open
              .filter(({ code }) => outcomes.get(code) !== 'undetermined')
              .map(({ code }) => `${code} ${path} ${asOf} ${JSON.stringify(resident)}`),
          );
        }
      }
    }
    expect(unnamed).toEqual([]);
  });

  it('decides the service for some value, where it is one fact', () => {
    const idle: string[] = [];
    let single = 0;
    for (const { resident, asOf, answers } of cases) {
      for (const { code, missing } of answers) {
        const [path, ...others] = missing;
        if (path === undefined || others.length > 0 || !samples.has(path)) continue;
        // Two conditions may ask for areas that no place is in at once; each by itself could still be met.
        if (path.endsWith('.areaCode')) continue;
        single++;
        const outcomes = outcomesWith(resident, asOf, path);
        if (outcomes.every((each) => each.get(code) === 'undetermined')) {
          idle.push(`${code} ${path} ${asOf} ${JSON.stringify(resident)}`);
        }
      }
    }
    expect(single).toBeGreaterThan(5);
    expect(idle).toEqual([]);
  });
});
