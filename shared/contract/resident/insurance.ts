import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { areaCode, civilMonth, monthCount } from '../values.ts';

/** One kind of insurance as a form can ask for it. */
const insuranceSummary = z
  .strictObject({ continuousMonths: z.optional(monthCount), cumulativeMonths: z.optional(monthCount) })
  .apply(documented, {
    id: 'InsuranceSummary',
    description: 'Months paid, taken as counted under the rule that asks.',
  });

const contributionPeriod = z
  .strictObject({
    from: civilMonth,
    to: civilMonth.apply(documented, { description: 'The last month of the period, inclusive.' }),
    kind: z
      .enum(['paid', 'back-paid'])
      .apply(documented, { description: '`paid` 正常缴费, `back-paid` 补缴.' }),
    areaCode: z.optional(areaCode),
  })
  .apply(documented, {
    id: 'ContributionPeriod',
    description: 'Contributions for whole months, both ends included.',
  });

/** One kind of insurance as its bureau knows it. */
export const insuranceHistory = z
  .strictObject({ contributions: z.array(contributionPeriod).check(z.maxLength(1_200)) })
  .apply(documented, {
    id: 'InsuranceHistory',
    description: 'Contribution periods, in any order; overlaps count once.',
  });

/** Never both; `xor`, unlike `union`, reports what is wrong with either. */
const insuranceRecord = z.xor([insuranceSummary, insuranceHistory]);

export const insurance = z
  .strictObject({
    pension: z.optional(insuranceRecord).apply(documented, { description: '职工养老保险' }),
    medical: z.optional(insuranceRecord).apply(documented, { description: '职工医疗保险' }),
    unemployment: z.optional(insuranceRecord).apply(documented, { description: '失业保险' }),
    injury: z.optional(insuranceRecord).apply(documented, { description: '工伤保险' }),
    maternity: z.optional(insuranceRecord).apply(documented, { description: '生育保险' }),
    housingFund: z.optional(insuranceRecord).apply(documented, { description: '住房公积金' }),
  })
  .apply(documented, { id: 'Insurance', description: 'Social insurance and the housing fund, by kind.' });
