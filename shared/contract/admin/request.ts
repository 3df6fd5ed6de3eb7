import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { paging } from '../paging.ts';
import { partnerId, partnerTerms } from '../partner/terms.ts';

/** The query of `GET /v1/admin/partners`. */
export const partnersQuery = z.strictObject(paging);

/** Path of the operations on one third party. */
export const partnerPath = z.strictObject({ id: partnerId });

/** Id of an API key: its public part. */
export const apiKeyId = z
  .string()
  .check(z.regex(/^ak_[0-9A-Za-z]{10}$/))
  .apply(documented, {
    id: 'ApiKeyId',
    description: 'Id of an API key: a part of the key that is not secret.',
    examples: ['ak_0Zk3vQ1m0b'],
  });

/** Path of the operations on one key of a third party. */
export const partnerKeyPath = z.strictObject({ id: partnerId, keyId: apiKeyId });

/** What operators know a third party by. */
export const partnerName = z
  .string()
  .check(z.minLength(1), z.maxLength(100))
  .apply(documented, {
    description: 'An office or a company, never a person.',
    examples: ['成都市第七中学'],
  });

/** The body of `POST /v1/admin/partners`. */
export const newPartner = z
  .strictObject({ partnerId, name: partnerName, terms: partnerTerms })
  .apply(documented, { id: 'NewPartner' });

/** Days a key may live at most: as issuing holds it. */
const maxDays = 365;

/** The body of `POST /v1/admin/partners/{id}/keys`. */
export const newPartnerKey = z
  .strictObject({
    scopes: z
      .optional(z.array(z.enum(['partner:check'])).check(z.minLength(1), z.maxLength(8)))
      .apply(documented, { description: 'What it may be used for; all that a third party can when absent.' }),
    ipRanges: z
      .optional(z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(32)))
      .apply(documented, {
        description: 'The networks it may be used from, in CIDR notation; from anywhere when absent.',
        examples: [['203.0.113.0/24']],
      }),
    days: z
      .optional(z.int().check(z.minimum(1), z.maximum(maxDays)))
      .apply(documented, { description: `Days it lives; ${maxDays} when absent.` }),
  })
  .apply(documented, { id: 'NewPartnerKey' });
