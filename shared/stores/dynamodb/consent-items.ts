import * as z from 'zod/mini';
import { partnerPurpose } from '../../contract/partner/purpose.ts';
import { partnerId } from '../../contract/partner/terms.ts';
import { DIGEST_FORM } from '../../domain/digests/digest-form.ts';

/**
 * The items of consents in the `decisions` table. Whoever changes the shape of an item raises this number and teaches the
 * readers both shapes: items stay until three years after a consent ended.
 */
export const consentItemsSchemaVersion = 1;

const bytes: z.ZodMiniType<Uint8Array> = z.instanceof(Uint8Array);

/** What the sort keys of consents begin with. */
export const consentPrefix = 'CONSENT#';

export const consentKeys = {
  collection: (residentId: string) => `RESIDENT#${residentId}`,
  consent: (residentId: string, id: string) => ({
    pk: consentKeys.collection(residentId),
    sk: `${consentPrefix}${id}`,
  }),
} as const;

/** One consent. In clear stands what its withdrawal and its end are conditions on; to whom and what for is sealed. */
export const consentItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^RESIDENT#rs_[\w-]{22}$/)),
  sk: z.string().check(z.regex(/^CONSENT#cn_[\w-]{32}$/)),
  type: z.literal('consent'),
  schemaVersion: z.literal(consentItemsSchemaVersion),
  withdrawnAt: z.nullable(z.iso.datetime()),
  /** How `content` is written: JSON in UTF-8, sealed with AES-256-GCM under the resident's data key. */
  contentEncoding: z.literal('json+aes-gcm'),
  content: bytes,
  /** Epoch seconds after which DynamoDB deletes the item. */
  expiresAt: z.int().check(z.minimum(0)),
});

export type ConsentItem = z.infer<typeof consentItemSchema>;

/** What is sealed of a consent. */
export const consentContentSchema = z.strictObject({
  partner: partnerId,
  services: z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.minLength(1), z.maxLength(20)),
  purpose: partnerPurpose,
  until: z.iso.date(),
  givenAt: z.iso.datetime(),
  fingerprint: z.string().check(z.regex(DIGEST_FORM)),
});

export type ConsentContent = z.infer<typeof consentContentSchema>;
