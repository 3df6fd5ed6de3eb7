import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { areaCode, civilDate, monthCount, yearCount, yuan } from '../values.ts';

const hukouKind = z.enum(['agricultural', 'non-agricultural']);

/** 户籍: where and as what a person is registered. */
export const hukou = z
  .strictObject({
    areaCode: z.optional(areaCode),
    kind: z
      .optional(hukouKind)
      .apply(documented, { description: '`agricultural` 农业, `non-agricultural` 非农业.' }),
    previousAreaCode: z.optional(areaCode),
    previousKind: z.optional(hukouKind),
    since: z.optional(civilDate).apply(documented, { description: 'First day of the present registration.' }),
  })
  .apply(documented, { id: 'Hukou', description: 'Household registration (户籍), present and previous.' });

export const employment = z
  .strictObject({
    status: z.optional(z.enum(['employed', 'self-employed', 'flexible', 'unemployed', 'not-working'])),
    contract: z
      .optional(z.boolean())
      .apply(documented, { description: 'Whether there is a labour contract (劳动合同).' }),
    areaCode: z.optional(areaCode).apply(documented, { description: 'Where the work is.' }),
    since: z.optional(civilDate).apply(documented, {
      description: 'First day of the present employment; with `status` `unemployed`, the first day without.',
    }),
    involuntaryLoss: z.optional(z.boolean()).apply(documented, {
      description: 'Whether the last employment ended against the will of the person (非因本人意愿中断就业).',
    }),
    registeredUnemployed: z
      .optional(z.boolean())
      .apply(documented, { description: 'Registered as unemployed (失业登记).' }),
    stableMonthsBeforeLoss: z.optional(monthCount).apply(documented, {
      description: 'Months of stable employment at the place of usual residence before the loss.',
    }),
    supportClass: z
      .optional(
        z.enum([
          'none',
          'poor-family-child',
          'graduate',
          'school-leaver',
          'rural-transfer-worker',
          'registered-unemployed',
        ]),
      )
      .apply(documented, {
        description: 'Class of people whose way into work is supported (就业扶持人员类别).',
      }),
  })
  .apply(documented, { id: 'Employment', description: 'Employment (就业).' });

const squareMetres = z.number().check(z.minimum(0), z.maximum(100_000));

export const housing = z
  .strictObject({
    tenure: z.optional(z.enum(['owned', 'rented', 'dormitory', 'other'])),
    leaseFiled: z
      .optional(z.boolean())
      .apply(documented, { description: 'Whether the lease is filed (租赁登记备案).' }),
    ownsHomeInCity: z.optional(z.boolean()),
    ownsHomeInCentralCity: z.optional(z.boolean()),
    ownsHomeInProjectCounty: z.optional(z.boolean()).apply(documented, {
      description: 'Whether a home is owned in the county of the project applied for.',
    }),
    ownedHomesInCity: z.optional(z.int().check(z.minimum(0), z.maximum(1_000))),
    ownedAreaPerPerson: z
      .optional(squareMetres)
      .apply(documented, { description: 'Owned floor area a person, in m².' }),
    rentsPublicHousing: z.optional(z.boolean()),
    receivesOtherHousingSupport: z.optional(z.boolean()),
    purchaseArea: z
      .optional(squareMetres)
      .apply(documented, { description: 'Floor area of the home to be bought, in m².' }),
    purchaseAreaCode: z
      .optional(areaCode)
      .apply(documented, { description: 'Where the home to be bought is.' }),
    areaCode: z.optional(areaCode).apply(documented, { description: 'Where the person lives.' }),
  })
  .apply(documented, { id: 'Housing', description: 'Housing (住房).' });

export const household = z
  .strictObject({
    size: z.optional(z.int().check(z.minimum(1), z.maximum(50))),
    annualIncome: z
      .optional(yuan)
      .apply(documented, { description: 'Whole yuan a year, of all members together.' }),
    personalAnnualIncome: z
      .optional(yuan)
      .apply(documented, { description: 'Whole yuan a year, of the applicant alone.' }),
    single: z.optional(z.boolean()),
    adultOrphan: z.optional(z.boolean()).apply(documented, { description: '成年孤儿.' }),
    minimumLivingRecipient: z
      .optional(z.boolean())
      .apply(documented, { description: 'Whether the household receives dibao (低保).' }),
    parentHukouOrPermit: z.optional(z.boolean()).apply(documented, {
      description:
        'Whether a parent of the person has a hukou or a valid residence permit of the city, also one for residents of Hong Kong, Macao and Taiwan (父母一方有本市户籍或者有效居住证).',
    }),
    marriedSince: z.optional(civilDate),
    children: z.optional(z.array(z.strictObject({ birthDate: civilDate })).check(z.maxLength(20))),
  })
  .apply(documented, { id: 'Household', description: 'The household that applies (家庭).' });

export const education = z
  .strictObject({
    seniorSecondarySince: z.optional(civilDate).apply(documented, {
      description: 'First day of continuous enrolment (学籍) in a senior secondary school of the province.',
    }),
    seniorSecondaryYears: z.optional(yearCount),
    juniorSecondaryInCity: z.optional(z.boolean()),
    juniorSecondaryYears: z.optional(yearCount),
    parentStableJobInProvince: z.optional(z.boolean()),
    parentStableDwellingInProvince: z.optional(z.boolean()),
    vocationalEnrolled: z.optional(z.boolean()),
    hardshipRecognised: z.optional(z.boolean()).apply(documented, {
      description: 'Whether the school has recognised the family as in economic hardship (家庭经济困难认定).',
    }),
  })
  .apply(documented, { id: 'Education', description: 'The pupil the service is asked for (随迁子女).' });

const pointCount = z.number().check(z.minimum(-1_000), z.maximum(10_000));

export const settlementPoints = z
  .strictObject({
    total: z.optional(pointCount),
    pension: z.optional(pointCount),
    residence: z.optional(pointCount),
  })
  .apply(documented, {
    id: 'SettlementPoints',
    description: 'Points of 居住证积分 as declared and confirmed.',
  });

export const hardship = z
  .strictObject({
    cause: z.optional(z.enum(['none', 'accident', 'sudden-illness', 'other'])),
    category: z.optional(z.enum(['none', 'minimum-living', 'extreme-hardship', 'other-defined'])),
    temporaryAidThisYear: z.optional(yuan).apply(documented, {
      description: 'Whole yuan of temporary assistance (临时救助) already received in the calendar year.',
    }),
  })
  .apply(documented, { id: 'Hardship', description: 'Hardship (困难情形).' });
