import { describe, expect, it } from 'vitest';
import { describeForecastFaults, forecastFaults } from '../../reference/compare-forecast.ts';
import { generateCases, generateResidents } from '../../support/generate-residents.ts';
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
