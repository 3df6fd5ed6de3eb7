import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ContributionPeriod,
  INSURANCE_KINDS,
  type Resident,
} from '../../../shared/domain/resident/resident.ts';
import { monthOf, shiftMonth } from '../../reference/calendar.ts';
import {
  bothEngines,
  describeDisagreements,
  disagreements,
  productAnswers,
} from '../../reference/compare.ts';
import { isOpen } from '../../reference/open-disagreements.ts';
import { arbitraryOf } from '../../support/chooser.ts';
import { caseOf } from '../../support/generate-residents.ts';
import { insuranceTests, packOf } from '../../support/packs/every-form.ts';

const engines = bothEngines(packOf({ tests: insuranceTests }));
const cases = arbitraryOf((chooser) => {
  const { asOf, resident } = caseOf(chooser);
  const { residence, insurance } = resident;
  return { asOf, resident: { residence, insurance } };
});

describe('months of insurance', () => {
  it('are counted as the reference counts them', () => {
    fc.assert(
      fc.property(cases, ({ asOf, resident }) => {
        const found = disagreements(engines, resident, asOf).filter((each) => !isOpen(each));
        expect(found.length, describeDisagreements(engines, found)).toBe(0);
      }),
      { numRuns: 80, seed: 663 },
    );
  });

  it('never become fewer by one more month that is paid', () => {
    const rank = { not_eligible: 0, undetermined: 1, eligible: 2 } as const;
    const lowerBounds = Object.fromEntries(
      Object.entries(insuranceTests).filter(([id]) => !id.endsWith('-below')),
    );
    const counting = bothEngines(packOf({ tests: lowerBounds }));
    const month = fc.record({
      kind: fc.constantFrom(...INSURANCE_KINDS),
      back: fc.integer({ min: 0, max: 130 }),
      areaCode: fc.constantFrom('510104', '510129', '500103', undefined),
    });
    fc.assert(
      fc.property(cases, month, ({ asOf, resident }, { kind, back, areaCode }) => {
        const record = resident.insurance?.[kind];
        const known: readonly ContributionPeriod[] =
          record && 'contributions' in record ? record.contributions : [];
        const paid = shiftMonth(monthOf(asOf), -back);
        const withContributions = (contributions: readonly ContributionPeriod[]): Resident => ({
          ...resident,
          insurance: { ...resident.insurance, [kind]: { contributions } },
        });
        const before = productAnswers(counting, withContributions(known), asOf);
        const after = productAnswers(
          counting,
          withContributions([
            ...known,
            { from: paid, to: paid, kind: 'paid', ...(areaCode && { areaCode }) },
          ]),
          asOf,
        );
        const fallen = before.filter(({ outcome }, index) => rank[after[index]!.outcome] < rank[outcome]);
        expect(fallen).toEqual([]);
      }),
      { numRuns: 80, seed: 663 },
    );
  });

  it.each([
    // Paid: 2 months to April, 6 from June to November, 5 from January on; May is paid late, December not at all.
    ['2024-06-01', { maxGap: 0 }, 5],
    ['2024-06-01', { maxGap: 1 }, 13],
    ['2024-06-01', { cutOff: 'as-of-month' }, 0],
    ['2024-06-01', { cutOff: 'as-of-month', maxGap: 1 }, 13],
    ['2024-07-31', { maxGap: 0 }, 0],
    ['2024-06-30', { cutOff: 'previous-year-end' }, 0],
    ['2024-06-30', { cutOff: { fixed: 5 } }, 5],
    ['2024-06-30', { cutOff: { fixed: 6 } }, 0],
    ['2024-06-30', { cutOff: { fixed: 7 } }, 2],
    ['2024-06-01', { maxGap: 1, window: 7 }, 6],
    ['2024-06-01', { mode: 'cumulative' }, 13],
    ['2024-06-01', { mode: 'cumulative', window: 12 }, 11],
    ['2024-06-01', { mode: 'cumulative', backPaid: 'counts' }, 14],
    ['2024-06-01', { maxGap: 1, backPaid: 'counts' }, 14],
  ] as const)('on %s under %j are %i', (asOf, rule, months) => {
    const resident: Resident = {
      insurance: {
        pension: {
          contributions: [
            { from: '2024-01', to: '2024-05', kind: 'paid' },
            { from: '2023-06', to: '2023-11', kind: 'paid' },
            { from: '2023-05', to: '2023-06', kind: 'back-paid' },
            { from: '2023-03', to: '2023-04', kind: 'paid' },
          ],
        },
      },
    };
    const insurance = { kinds: ['pension'], mode: 'continuous', ...rule };
    const asking = bothEngines(
      packOf({
        tests: { reached: { insurance, atLeast: months }, more: { insurance, atLeast: months + 1 } },
      }),
    );
    expect(disagreements(asking, resident, asOf)).toEqual([]);
    expect(productAnswers(asking, resident, asOf).map(({ outcome }) => outcome)).toEqual([
      'eligible',
      'not_eligible',
    ]);
  });
});
