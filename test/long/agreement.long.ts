import { describe, expect, it } from 'vitest';
import { bothEngines, describeDisagreements, disagreements } from '../reference/compare.ts';
import { describeForecastFaults, forecastFaults } from '../reference/compare-forecast.ts';
import { isOpen } from '../reference/open-disagreements.ts';
import { generateCases } from '../support/generate-residents.ts';
import { combinedDraft, packOf } from '../support/packs/every-form.ts';
import { PARAMETERS } from '../support/packs/parameters.ts';
import { realPolicies } from '../support/packs/real-packs.ts';
import { changingPolicy, everyTest } from '../support/packs/versions.ts';

const residents = Number(process.env.AGREEMENT_RESIDENTS ?? 10_000);
const seed = Number(process.env.AGREEMENT_SEED ?? 1);
const SCOPE = { everyDay: 100, step: 97 };
const MINUTES = 60_000;

describe.each(realPolicies().map((policy) => [policy.history.id, policy] as const))('%s', (_, policy) => {
  it(
    `answers ${residents} residents (seed ${seed}) as the reference does`,
    () => {
      const found = generateCases(residents, seed)
        .flatMap(({ resident, asOf }) => disagreements(policy, resident, asOf))
        .filter((each) => !isOpen(each));
      expect(found.length, describeDisagreements(policy, found)).toBe(0);
    },
    30 * MINUTES,
  );

  const lives = Math.ceil(residents / 50);
  it(
    `names days of change that hold for ${lives} residents`,
    () => {
      const found = generateCases(lives, seed + 1).flatMap(({ resident, asOf }) =>
        forecastFaults(policy, resident, asOf, SCOPE),
      );
      expect(found.length, describeForecastFaults(policy, found, SCOPE)).toBe(0);
    },
    30 * MINUTES,
  );
});

describe.each(Object.entries(PARAMETERS))('every form of a test, under %s', (_, parameters) => {
  const share = Math.ceil(residents / Object.keys(PARAMETERS).length);
  it(
    `answers ${share} residents (seed ${seed + 2}) as the reference does`,
    () => {
      const engines = bothEngines(packOf({ ...combinedDraft, parameters, tests: everyTest }));
      const found = generateCases(share, seed + 2)
        .flatMap(({ resident, asOf }) => disagreements(engines, resident, asOf))
        .filter((each) => !isOpen(each));
      expect(found.length, describeDisagreements(engines, found)).toBe(0);
    },
    30 * MINUTES,
  );

  const lives = Math.ceil(residents / 500);
  it(
    `names days of change that hold for ${lives} residents`,
    () => {
      const policy = changingPolicy(parameters);
      const found = generateCases(lives, seed + 3).flatMap(({ resident, asOf }) =>
        forecastFaults(policy, resident, asOf, SCOPE),
      );
      expect(found.length, describeForecastFaults(policy, found, SCOPE)).toBe(0);
    },
    30 * MINUTES,
  );
});
