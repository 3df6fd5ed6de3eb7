import { describe, expect, it } from 'vitest';
import { describeForecastFaults, forecastFaults } from '../../reference/compare-forecast.ts';
import { generateCases, generateResidents } from '../../support/generate-residents.ts';
import { answersOf, conditionOn } from '../../support/packs/one-service.ts';
import { PARAMETERS } from '../../support/packs/parameters.ts';
import { realPolicies } from '../../support/packs/real-packs.ts';
import { changingPolicy } from '../../support/packs/versions.ts';

/** Some days in the life of many, every day of the next months of a few. */
const MANY = { everyDay: 5, step: 2_401 };
const FEW = { everyDay: 25, step: 2_401 };

describe.each(Object.entries(PARAMETERS))('the days of change under %s', (name, parameters) => {
  it('are the first on which the reference answers otherwise', () => {
    const policy = changingPolicy(parameters);
    const seed = name.length;
    const found = [
      ...generateCases(2, seed).flatMap(({ resident, asOf }) => forecastFaults(policy, resident, asOf, MANY)),
      ...generateCases(1, seed + 1).flatMap(({ resident, asOf }) =>
        forecastFaults(policy, resident, asOf, FEW),
      ),
    ];
    expect(found.length, describeForecastFaults(policy, found, FEW)).toBe(0);
  });
});

describe.each(realPolicies().map((policy) => [policy.history.id, policy] as const))(
  'the days of change of the policy %s',
  (_, policy) => {
    it('are the first on which the reference answers otherwise', () => {
      const asOf = '2022-10-31';
      const found = generateResidents(5, 22, { asOf }).flatMap((resident) =>
        forecastFaults(policy, resident, asOf, MANY),
      );
      expect(found.length, describeForecastFaults(policy, found, MANY)).toBe(0);
    });
  },
);

describe('a day far ahead', () => {
  const conditions = {
    younger: conditionOn({ age: { on: 'as-of', lessThan: 60 } }),
    older: conditionOn({ age: { on: 'as-of', atLeast: 50 } }),
  };
  const answer = (condition: keyof typeof conditions, birthDate: string) =>
    answersOf([{ conditions, routes: [condition] }], { birthDate })[0]!;

  it.each([
    // asOf 2020-06-01
    ['2020-01-01', '2079-12-31'],
    ['1970-01-01', '2029-12-31'],
  ])('is told on which something ends: born on %s, until %s', (birthDate, eligibleUntil) => {
    expect(answer('younger', birthDate)).toMatchObject({ outcome: 'eligible', eligibleUntil });
  });

  it.each([
    ['2020-06-01', '2070-06-01'],
    ['1980-06-02', '2030-06-02'],
  ])('is told on which something begins, within 50 years: born on %s, from %s', (birthDate, eligibleFrom) => {
    expect(answer('older', birthDate)).toMatchObject({ outcome: 'not_eligible', eligibleFrom });
  });

  it('is not told on which something begins later', () => {
    const older = { older: conditionOn({ age: { on: 'as-of', atLeast: 51 } }) };
    const [found] = answersOf([{ conditions: older, routes: ['older'] }], { birthDate: '2020-06-01' });
    expect(found).toMatchObject({ outcome: 'not_eligible', eligibleFrom: null });
  });
});
