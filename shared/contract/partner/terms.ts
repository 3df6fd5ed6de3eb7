import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { serviceCode } from '../values.ts';
import { partnerPurpose } from './purpose.ts';

/** A third party's id, as operators gave it. */
export const partnerId = z
  .string()
  // No number or phone of a person fits: ids of partners stand in logs and addresses.
  .check(z.regex(/^(?!.*\d{7})[a-z0-9][a-z0-9-]{0,31}$/))
  .apply(documented, {
    id: 'PartnerId',
    description: 'Id of a third party: small letters, digits (at most 6 in a row) and hyphens, at most 32.',
    examples: ['school-17'],
  });

/** On what ground a third party may be told of somebody: PIPL article 13. */
export const lawfulBasis = z.enum(['consent', 'statutory-duty']).apply(documented, {
  id: 'LawfulBasis',
  description:
    '`consent` 个人同意: the person has agreed, in `/v1/me/consents` (PIPL art. 13 (1), 23). `statutory-duty` 法定职责: the law asks the partner to find out, and no consent is needed (art. 13 (3)).',
});

/** More checks, or persons, a day than a city has residents are no limit. */
const aDay = z.int().check(z.minimum(1), z.maximum(30_000_000));

/** What was agreed with a third party. */
export const partnerTerms = z
  .strictObject({
    services: z
      .nullable(z.array(serviceCode).check(z.minLength(1), z.maxLength(100)))
      .apply(documented, { description: 'The services it may ask about; null: all.' }),
    purposes: z
      .array(partnerPurpose)
      .check(z.minLength(1), z.maxLength(partnerPurpose.options.length))
      .apply(documented, { description: 'The purposes it may ask for.' }),
    lawfulBasis,
    checksADay: aDay.apply(documented, {
      description: 'Checks a civil day of Asia/Shanghai; each item of a batch is one.',
      examples: [5_000],
    }),
    personsADay: aDay.apply(documented, {
      description:
        'Distinct persons a civil day of Asia/Shanghai, whether registered or not. Asking again about one costs nothing more.',
      examples: [500],
    }),
  })
  .apply(documented, { id: 'PartnerTerms', description: 'What was agreed with a third party.' });
