import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { asOf } from '../evaluation/request.ts';
import { consentId } from '../me/consents.ts';
import { document } from '../registry/document.ts';
import { partnerPurpose } from './purpose.ts';

/** How many services one check may ask about. */
const maxServices = 20;
/** How many checks one request may carry. */
const maxItems = 100;

/** A code is answered as it was asked, whether there is such a service or not: no number or phone of a person fits. */
const askedService = z.string().check(z.regex(/^(?!.*\d{7})[a-z0-9][a-z0-9.+-]{0,63}$/));

/** The body of `POST /v1/partner/checks`, and an item of a batch. */
export const partnerCheckRequest = z
  .strictObject({
    document,
    services: z
      .array(askedService)
      .check(z.minLength(1), z.maxLength(maxServices))
      .apply(documented, {
        description: 'The services to answer for, each by its code.',
        examples: [['legal.aid']],
      }),
    purpose: partnerPurpose,
    consentId: z
      .optional(consentId)
      .apply(documented, { description: 'The consent to rely on; any that covers the check when absent.' }),
    asOf,
  })
  .apply(documented, { id: 'PartnerCheckRequest' });

export type PartnerCheckRequest = z.infer<typeof partnerCheckRequest>;

const batchOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.strictObject({ items: z.array(item).check(z.minLength(1), z.maxLength(maxItems)) });

/** The body of `POST /v1/partner/check-batches` as it should be. */
export const partnerCheckBatch = batchOf(partnerCheckRequest).apply(documented, {
  id: 'PartnerCheckBatch',
  description: 'Checks in any order; each is judged by itself.',
});

/** The same body as it is checked as a whole: one bad item must not spoil the others. */
export const partnerCheckBatchUnread = batchOf(z.unknown());
