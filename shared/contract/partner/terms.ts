import * as z from 'zod';
import { serviceCode } from '../values.ts';
import { partnerPurpose } from './purpose.ts';

/** A third party's id, as operators gave it. */
export const partnerId = z
  .string()
  // No number or phone of a person fits: ids of partners stand in logs and addresses.
  .regex(/^(?!.*\d{7})[a-z0-9][a-z0-9-]{0,31}$/)
  .meta({
    id: 'PartnerId',
    description: 'Id of a third party: small letters, digits (at most 6 in a row) and hyphens, at most 32.',
    examples: ['school-17'],
  });

/** On what ground a third party may be told of somebody: PIPL article 13. */
export const lawfulBasis = z.enum(['consent', 'statutory-duty']).meta({
  id: 'LawfulBasis',
  description:
    '`consent` 个人同意: the person has agreed, in `/v1/me/consents` (PIPL art. 13 (1), 23). `statutory-duty` 法定职责: the law asks the partner to find out, and no consent is needed (art. 13 (3)).',
});

/** More checks, or persons, a day than a city has residents are no limit. */
const aDay = z.int().min(1).max(30_000_000);

/** What was agreed with a third party. */
export const partnerTerms = z
  .strictObject({
    services: z
      .array(serviceCode)
      .min(1)
      .max(100)
      .nullable()
      .meta({ description: 'The services it may ask about; null: all.' }),
    purposes: z
      .array(partnerPurpose)
      .min(1)
      .max(partnerPurpose.options.length)
      .meta({ description: 'The purposes it may ask for.' }),
    lawfulBasis,
    checksADay: aDay.meta({
      description: 'Checks a civil day of Asia/Shanghai; each item of a batch is one.',
      examples: [5_000],
    }),
    personsADay: aDay.meta({
      description:
        'Distinct persons a civil day of Asia/Shanghai, whether registered or not. Asking again about one costs nothing more.',
      examples: [500],
    }),
  })
  .meta({ id: 'PartnerTerms', description: 'What was agreed with a third party.' });
