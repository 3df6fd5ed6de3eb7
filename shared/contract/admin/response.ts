import * as z from 'zod';
import { nextPageToken } from '../paging.ts';
import { partnerId, partnerTerms } from '../partner/terms.ts';
import { civilDate, instant } from '../values.ts';
import { apiKeyId, partnerName } from './request.ts';

const partnerHead = {
  partnerId,
  name: partnerName,
  createdAt: instant,
  liveKeys: z.int().min(0).meta({ description: 'Keys neither revoked nor expired: two at most.' }),
};

/** The 200 of `GET /v1/admin/partners`. */
export const partnerPage = z
  .strictObject({
    partners: z.array(z.strictObject(partnerHead).meta({ id: 'PartnerSummary' })),
    nextPageToken,
  })
  .meta({ id: 'PartnerPage' });

/** A third party, as operators see it. */
export const partner = z
  .strictObject({
    ...partnerHead,
    terms: partnerTerms.nullable().meta({ description: 'Null: none yet, and nothing may be asked.' }),
  })
  .meta({ id: 'Partner' });

export type Partner = z.infer<typeof partner>;

/** An API key: everything but the key. */
export const partnerKey = z
  .strictObject({
    keyId: apiKeyId,
    scopes: z.array(z.string()),
    ipRanges: z.array(z.string()).meta({ description: 'Empty: it may be used from anywhere.' }),
    createdAt: instant,
    expiresAt: instant.meta({ description: 'It is refused from this instant on.' }),
    revokedAt: instant.nullable(),
    lastUsedOn: civilDate.nullable().meta({ description: 'In UTC, to the day and no finer.' }),
  })
  .meta({ id: 'PartnerKey' });

export type PartnerKeyBody = z.infer<typeof partnerKey>;

/** The 200 of `GET /v1/admin/partners/{id}/keys`. */
export const partnerKeyList = z
  .strictObject({
    keys: z
      .array(partnerKey)
      .meta({ description: 'All it ever had, oldest first; revoked and expired ones included.' }),
  })
  .meta({ id: 'PartnerKeyList' });

/** The 201 of `POST /v1/admin/partners/{id}/keys`. */
export const shownPartnerKey = z
  .strictObject({
    keyId: apiKeyId,
    key: z.string().meta({ description: 'The key itself: shown here, once, and kept nowhere.' }),
    expiresAt: instant,
  })
  .meta({ id: 'ShownPartnerKey' });
