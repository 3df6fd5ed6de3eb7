import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import {
  bothEngines,
  describeDisagreements,
  disagreements,
  productAnswers,
} from '../../reference/compare.ts';
import { evaluatePack } from '../../reference/evaluate.ts';
import { isOpen } from '../../reference/open-disagreements.ts';
import { arbitraryOf } from '../../support/chooser.ts';
import { caseOf } from '../../support/generate-residents.ts';
import { packOf, residenceTests } from '../../support/packs/every-form.ts';
import { PARAMETERS } from '../../support/packs/parameters.ts';

const cases = arbitraryOf((chooser) => {
  const { asOf, resident } = caseOf(chooser);
  const { birthDate, permit, residence } = resident;
  return { asOf, resident: { birthDate, permit, residence } };
});

describe.each(Object.entries(PARAMETERS))('residence under %s', (_, parameters) => {
  const engines = bothEngines(packOf({ parameters, tests: residenceTests }));

  it('answers every question as the reference does', () => {
    fc.assert(
      fc.property(cases, ({ asOf, resident }) => {
        const found = disagreements(engines, resident, asOf).filter((each) => !isOpen(each));
        expect(found.length, describeDisagreements(engines, found)).toBe(0);
      }),
      { numRuns: 40, seed: 663 },
    );
  });
});

describe('the table of lapse policies, reckoned by hand', () => {
  /** Registered from 2018-01-10 on; the permit of 2019-01-10 not endorsed in 2021, made up on `madeUp`. */
  const resident = (madeUp: string | null): Resident => ({
    permit: {
      events: [
        { type: 'issued', on: '2019-01-10' },
        { type: 'endorsed', on: '2020-01-05' },
        ...(madeUp === null ? [] : [{ type: 'endorsed' as const, on: madeUp }]),
      ],
    },
    residence: { periods: [{ from: '2018-01-10', to: null }] },
  });

  it.each([
    // lapse policy, made up, asOf, months: 36 before the suspension of 2021-01-10
    ['restart', '2021-02-09', '2021-12-09', 10],
    ['pause', '2021-02-09', '2021-12-09', 46],
    ['bridge', '2021-02-09', '2021-12-09', 46],
    ['bridge', '2021-02-09', '2021-12-10', 47],
    ['grace of 30 days', '2021-02-09', '2021-12-10', 47],
    ['grace of 30 days', '2021-02-10', '2021-12-10', 10],
    ['restart', null, '2021-02-09', 0],
    ['pause', null, '2021-12-09', 36],
    ['bridge', null, '2021-12-10', 47],
    ['grace of 30 days', null, '2021-02-09', 36],
    ['grace of 30 days', null, '2021-02-10', 0],
    ['restart', null, '2021-01-09', 35],
  ] as const)('%s, made up %s, on %s: %i months', (policy, madeUp, asOf, months) => {
    const atLeast = (n: number) => ({ fact: 'residence.continuousMonths', atLeast: n });
    const pack = packOf({
      parameters: PARAMETERS[policy],
      tests: { reached: atLeast(months), more: atLeast(months + 1) },
    });
    const outcomes = ['eligible', 'not_eligible'];
    const engines = bothEngines(pack);
    expect(productAnswers(engines, resident(madeUp), asOf).map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(evaluatePack(pack, resident(madeUp), asOf).map(({ outcome }) => outcome)).toEqual(outcomes);
  });
});
