import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { nextPageToken } from '../paging.ts';
import { partnerId, partnerTerms } from '../partner/terms.ts';
import { civilDate, instant } from '../values.ts';
import { apiKeyId, partnerName } from './request.ts';

const partnerHead = {
  partnerId,
  name: partnerName,
  createdAt: instant,
  liveKeys: z
    .int()
    .check(z.minimum(0))
    .apply(documented, { description: 'Keys neither revoked nor expired: two at most.' }),
};

/** The 200 of `GET /v1/admin/partners`. */
export const partnerPage = z
  .strictObject({
    partners: z.array(z.strictObject(partnerHead).apply(documented, { id: 'PartnerSummary' })),
    nextPageToken,
  })
  .apply(documented, { id: 'PartnerPage' });

/** A third party, as operators see it. */
export const partner = z
  .strictObject({
    ...partnerHead,
    terms: z
      .nullable(partnerTerms)
      .apply(documented, { description: 'Null: none yet, and nothing may be asked.' }),
  })
  .apply(documented, { id: 'Partner' });

export type Partner = z.infer<typeof partner>;

/** An API key: everything but the key. */
export const partnerKey = z
  .strictObject({
    keyId: apiKeyId,
    scopes: z.array(z.string()),
    ipRanges: z.array(z.string()).apply(documented, { description: 'Empty: it may be used from anywhere.' }),
    createdAt: instant,
    expiresAt: instant.apply(documented, { description: 'It is refused from this instant on.' }),
    revokedAt: z.nullable(instant),
    lastUsedOn: z.nullable(civilDate).apply(documented, { description: 'In UTC, to the day and no finer.' }),
  })
  .apply(documented, { id: 'PartnerKey' });

export type PartnerKeyBody = z.infer<typeof partnerKey>;

/** The 200 of `GET /v1/admin/partners/{id}/keys`. */
export const partnerKeyList = z
  .strictObject({
    keys: z.array(partnerKey).apply(documented, {
      description: 'All it ever had, oldest first; revoked and expired ones included.',
    }),
  })
  .apply(documented, { id: 'PartnerKeyList' });

/** The 201 of `POST /v1/admin/partners/{id}/keys`. */
export const shownPartnerKey = z
  .strictObject({
    keyId: apiKeyId,
    key: z.string().apply(documented, { description: 'The key itself: shown here, once, and kept nowhere.' }),
    expiresAt: instant,
  })
  .apply(documented, { id: 'ShownPartnerKey' });
