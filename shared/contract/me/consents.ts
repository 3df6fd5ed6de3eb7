import * as z from 'zod';
import { partnerPurpose } from '../partner/purpose.ts';
import { partnerId } from '../partner/terms.ts';
import { civilDate, instant, serviceCode } from '../values.ts';

/** A consent's id: 192 bits, random or made from the caller and their `Idempotency-Key`; tells nothing about anybody. */
export const consentId = z
  .string()
  .regex(/^cn_[\w-]{32}$/)
  .meta({
    id: 'ConsentId',
    description: 'Id of a consent.',
    examples: ['cn_Zk3vQ1m0bX9yTgW2cRjL7uHn5sApEo4d'],
  });

/** How far ahead a consent may reach, in months from the day it is given on. */
export const consentMonths = 12;

const terms = {
  partner: partnerId.meta({ description: 'The third party that may be told.', examples: ['school-17'] }),
  services: z
    .array(serviceCode)
    .min(1)
    .max(20)
    .meta({ description: 'The services it may be told about.', examples: [['education.compulsory']] }),
  purpose: partnerPurpose,
  until: civilDate.meta({
    description: `The last day it holds, that day included: today at the earliest, and the corresponding day ${consentMonths} months from today at the latest, both included.`,
  }),
};

/** The body of `POST /v1/me/consents`. */
export const newConsent = z.strictObject(terms).meta({ id: 'NewConsent' });

/** A consent, as the one who gave it sees it. */
export const consent = z
  .strictObject({
    consentId,
    ...terms,
    givenAt: instant,
    withdrawnAt: instant.nullable(),
    active: z.boolean().meta({ description: 'Neither withdrawn nor past its last day.' }),
  })
  .meta({ id: 'Consent' });

export type ConsentBody = z.infer<typeof consent>;

/** The 200 of `GET /v1/me/consents`. */
export const consentList = z
  .strictObject({
    consents: z.array(consent).meta({
      description: 'Newest first; those that ended stay for three years.',
    }),
  })
  .meta({ id: 'ConsentList' });

/** Path of the operations on one consent. */
export const consentPath = z.strictObject({ id: consentId });
