import * as z from 'zod';
import { areaCode, civilDate, monthCount, yearCount, yuan } from '../values.ts';

const hukouKind = z.enum(['agricultural', 'non-agricultural']);

/** 户籍: where and as what a person is registered. */
export const hukou = z
  .strictObject({
    areaCode: areaCode.optional(),
    kind: hukouKind.optional().meta({ description: '`agricultural` 农业, `non-agricultural` 非农业.' }),
    previousAreaCode: areaCode.optional(),
    previousKind: hukouKind.optional(),
    since: civilDate.optional().meta({ description: 'First day of the present registration.' }),
  })
  .meta({ id: 'Hukou', description: 'Household registration (户籍), present and previous.' });

export const employment = z
  .strictObject({
    status: z.enum(['employed', 'self-employed', 'flexible', 'unemployed', 'not-working']).optional(),
    contract: z.boolean().optional().meta({ description: 'Whether there is a labour contract (劳动合同).' }),
    areaCode: areaCode.optional().meta({ description: 'Where the work is.' }),
    since: civilDate.optional().meta({
      description: 'First day of the present employment; with `status` `unemployed`, the first day without.',
    }),
    involuntaryLoss: z.boolean().optional().meta({
      description: 'Whether the last employment ended against the will of the person (非因本人意愿中断就业).',
    }),
    registeredUnemployed: z
      .boolean()
      .optional()
      .meta({ description: 'Registered as unemployed (失业登记).' }),
    stableMonthsBeforeLoss: monthCount.optional().meta({
      description: 'Months of stable employment at the place of usual residence before the loss.',
    }),
    supportClass: z
      .enum([
        'none',
        'poor-family-child',
        'graduate',
        'school-leaver',
        'rural-transfer-worker',
        'registered-unemployed',
      ])
      .optional()
      .meta({ description: 'Class of people whose way into work is supported (就业扶持人员类别).' }),
  })
  .meta({ id: 'Employment', description: 'Employment (就业).' });

const squareMetres = z.number().min(0).max(100_000);

export const housing = z
  .strictObject({
    tenure: z.enum(['owned', 'rented', 'dormitory', 'other']).optional(),
    leaseFiled: z.boolean().optional().meta({ description: 'Whether the lease is filed (租赁登记备案).' }),
    ownsHomeInCity: z.boolean().optional(),
    ownsHomeInCentralCity: z.boolean().optional(),
    ownsHomeInProjectCounty: z.boolean().optional().meta({
      description: 'Whether a home is owned in the county of the project applied for.',
    }),
    ownedHomesInCity: z.int().min(0).max(1_000).optional(),
    ownedAreaPerPerson: squareMetres.optional().meta({ description: 'Owned floor area a person, in m².' }),
    rentsPublicHousing: z.boolean().optional(),
    receivesOtherHousingSupport: z.boolean().optional(),
    purchaseArea: squareMetres
      .optional()
      .meta({ description: 'Floor area of the home to be bought, in m².' }),
    purchaseAreaCode: areaCode.optional().meta({ description: 'Where the home to be bought is.' }),
    areaCode: areaCode.optional().meta({ description: 'Where the person lives.' }),
  })
  .meta({ id: 'Housing', description: 'Housing (住房).' });

export const household = z
  .strictObject({
    size: z.int().min(1).max(50).optional(),
    annualIncome: yuan.optional().meta({ description: 'Whole yuan a year, of all members together.' }),
    personalAnnualIncome: yuan.optional().meta({ description: 'Whole yuan a year, of the applicant alone.' }),
    single: z.boolean().optional(),
    adultOrphan: z.boolean().optional().meta({ description: '成年孤儿.' }),
    minimumLivingRecipient: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the household receives dibao (低保).' }),
    marriedSince: civilDate.optional(),
    children: z
      .array(z.strictObject({ birthDate: civilDate }))
      .max(20)
      .optional(),
  })
  .meta({ id: 'Household', description: 'The household that applies (家庭).' });

export const education = z
  .strictObject({
    seniorSecondarySince: civilDate.optional().meta({
      description: 'First day of continuous enrolment (学籍) in a senior secondary school of the province.',
    }),
    seniorSecondaryYears: yearCount.optional(),
    juniorSecondaryInCity: z.boolean().optional(),
    juniorSecondaryYears: yearCount.optional(),
    parentStableJobInProvince: z.boolean().optional(),
    parentStableDwellingInProvince: z.boolean().optional(),
    vocationalEnrolled: z.boolean().optional(),
    hardshipRecognised: z.boolean().optional().meta({
      description: 'Whether the school has recognised the family as in economic hardship (家庭经济困难认定).',
    }),
  })
  .meta({ id: 'Education', description: 'The pupil the service is asked for (随迁子女).' });

const pointCount = z.number().min(-1_000).max(10_000);

export const settlementPoints = z
  .strictObject({
    total: pointCount.optional(),
    pension: pointCount.optional(),
    residence: pointCount.optional(),
  })
  .meta({ id: 'SettlementPoints', description: 'Points of 居住证积分 as declared and confirmed.' });

export const hardship = z
  .strictObject({
    cause: z.enum(['none', 'accident', 'sudden-illness', 'other']).optional(),
    category: z.enum(['none', 'minimum-living', 'extreme-hardship', 'other-defined']).optional(),
    temporaryAidThisYear: yuan.optional().meta({
      description: 'Whole yuan of temporary assistance (临时救助) already received in the calendar year.',
    }),
  })
  .meta({ id: 'Hardship', description: 'Hardship (困难情形).' });
