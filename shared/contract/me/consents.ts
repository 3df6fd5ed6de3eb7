import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { partnerPurpose } from '../partner/purpose.ts';
import { partnerId } from '../partner/terms.ts';
import { civilDate, instant, serviceCode } from '../values.ts';

/** A consent's id: 192 bits, random or made from the caller and their `Idempotency-Key`; tells nothing about anybody. */
export const consentId = z
  .string()
  .check(z.regex(/^cn_[\w-]{32}$/))
  .apply(documented, {
    id: 'ConsentId',
    description: 'Id of a consent.',
    examples: ['cn_Zk3vQ1m0bX9yTgW2cRjL7uHn5sApEo4d'],
  });

/** How far ahead a consent may reach, in months from the day it is given on. */
export const consentMonths = 12;

const terms = {
  partner: partnerId.apply(documented, {
    description: 'The third party that may be told.',
    examples: ['school-17'],
  }),
  services: z
    .array(serviceCode)
    .check(z.minLength(1), z.maxLength(20))
    .apply(documented, {
      description: 'The services it may be told about.',
      examples: [['education.compulsory']],
    }),
  purpose: partnerPurpose,
  until: civilDate.apply(documented, {
    description: `The last day it holds, that day included: today at the earliest, and the corresponding day ${consentMonths} months from today at the latest, both included.`,
  }),
};

/** The body of `POST /v1/me/consents`. */
export const newConsent = z.strictObject(terms).apply(documented, { id: 'NewConsent' });

/** A consent, as the one who gave it sees it. */
export const consent = z
  .strictObject({
    consentId,
    ...terms,
    givenAt: instant,
    withdrawnAt: z.nullable(instant),
    active: z.boolean().apply(documented, { description: 'Neither withdrawn nor past its last day.' }),
  })
  .apply(documented, { id: 'Consent' });

export type ConsentBody = z.infer<typeof consent>;

/** The 200 of `GET /v1/me/consents`. */
export const consentList = z
  .strictObject({
    consents: z.array(consent).apply(documented, {
      description: 'Newest first; those that ended stay for three years.',
    }),
  })
  .apply(documented, { id: 'ConsentList' });

/** Path of the operations on one consent. */
export const consentPath = z.strictObject({ id: consentId });
