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

describe('where a registration tells no area', () => {
  const MET_AT = { reached: 'eligible', more: 'not_eligible', between: 'undetermined' } as const;
  const issued = { type: 'issued', on: '2018-03-01', areaCode: '510112' } as const;
  const endorsed = ['2019', '2020', '2021', '2022', '2023', '2024'].map(
    (year) => ({ type: 'endorsed', on: `${year}-02-15` }) as const,
  );
  const moved = (areaCode: string | undefined, on = '2024-01-15') =>
    ({ type: 'moved', on, areaCode }) as const;
  const since2018 = [{ from: '2018-03-01' }];

  it.each([
    ['the permit moved', [moved('510107')], since2018, 4, 4],
    ['the permit alone tells that it moved', [moved('510107')], null, 4, 4],
    ['the permit moved inside the unit', [moved('510112')], since2018, 75, 75],
    ['the permit moved to where was not told', [moved(undefined)], since2018, 4, 75],
    ['the permit alone tells that it moved, not where to', [moved(undefined)], null, 4, 75],
    ['of two moves on one day the last stands', [moved('510107'), moved('510112')], since2018, 75, 75],
    ['of two moves on one day the last stands', [moved('510112'), moved('510107')], since2018, 75, 75],
    [
      'registered anew where the permit was all along',
      [],
      [{ from: '2018-03-01', to: '2021-01-01' }, { from: '2021-01-01' }],
      75,
      75,
    ],
    ['registered before there was a permit', [], [{ from: '2016-03-01' }], 99, 99],
    [
      'registered before, and elsewhere for all that is told',
      [],
      [{ from: '2016-03-01', to: '2017-03-01' }, { from: '2017-03-01' }],
      87,
      99,
    ],
    [
      'the registration tells the area',
      [moved('510107')],
      [{ from: '2018-03-01', areaCode: '510107' }],
      75,
      75,
    ],
  ] as const)('%s: %j, %j', (_what, moves, periods, low, high) => {
    const resident: Resident = {
      permit: { events: [...moves, ...endorsed, issued] },
      ...(periods !== null && { residence: { periods } }),
    };
    const atLeast = (n: number) => ({ fact: 'residence.continuousMonths', atLeast: n, sameArea: 'school' });
    const pack = packOf({
      parameters: PARAMETERS.bridge,
      tests: { reached: atLeast(low), between: atLeast(high), more: atLeast(high + 1) },
    });
    const { reached, between, more } = MET_AT;
    const expected = [reached, low === high ? reached : between, more];
    expect(productAnswers(bothEngines(pack), resident, '2024-06-01').map(({ outcome }) => outcome)).toEqual(
      expected,
    );
    expect(evaluatePack(pack, resident, '2024-06-01').map(({ outcome }) => outcome)).toEqual(expected);
  });
});
