import * as z from 'zod';
import { areaCode, civilMonth, monthCount } from '../values.ts';
import { eitherForm } from './either-form.ts';

/** One kind of insurance as a form can ask for it. */
const insuranceSummary = z
  .strictObject({ continuousMonths: monthCount.optional(), cumulativeMonths: monthCount.optional() })
  .meta({ id: 'InsuranceSummary', description: 'Months paid, taken as counted under the rule that asks.' });

const contributionPeriod = z
  .strictObject({
    from: civilMonth,
    to: civilMonth.meta({ description: 'The last month of the period, inclusive.' }),
    kind: z.enum(['paid', 'back-paid']).meta({ description: '`paid` 正常缴费, `back-paid` 补缴.' }),
    areaCode: areaCode.optional(),
  })
  .meta({ id: 'ContributionPeriod', description: 'Contributions for whole months, both ends included.' });

/** One kind of insurance as its bureau knows it. */
export const insuranceHistory = z
  .strictObject({ contributions: z.array(contributionPeriod).max(1_200) })
  .meta({ id: 'InsuranceHistory', description: 'Contribution periods, in any order; overlaps count once.' });

const insuranceRecord = eitherForm(insuranceSummary, insuranceHistory, 'contributions');

export const insurance = z
  .strictObject({
    pension: insuranceRecord.optional().meta({ description: '职工养老保险' }),
    medical: insuranceRecord.optional().meta({ description: '职工医疗保险' }),
    unemployment: insuranceRecord.optional().meta({ description: '失业保险' }),
    injury: insuranceRecord.optional().meta({ description: '工伤保险' }),
    maternity: insuranceRecord.optional().meta({ description: '生育保险' }),
    housingFund: insuranceRecord.optional().meta({ description: '住房公积金' }),
  })
  .meta({ id: 'Insurance', description: 'Social insurance and the housing fund, by kind.' });
