import * as z from 'zod/mini';
import { DIGEST_FORM } from '../../domain/digests/digest-form.ts';

/**
 * The items of the `decisions` table. Whoever changes the shape of an item raises this number and teaches the readers
 * both shapes: items stay for three years (docs/adr/0007-decisions.md).
 */
export const decisionItemsSchemaVersion = 1;

const bytes: z.ZodMiniType<Uint8Array> = z.instanceof(Uint8Array);

export const decisionKeys = {
  decision: (id: string) => ({ pk: `DECISION#${id}`, sk: 'DECISION' }),
} as const;

/**
 * One decision. Written once, never changed. In clear stands what finds the decisions that a wrong engine or version
 * made, and whose key opens the rest.
 */
export const decisionItemSchema = z
  .strictObject({
    pk: z.string().check(z.regex(/^DECISION#dc_[\w-]{32}$/)),
    sk: z.literal('DECISION'),
    type: z.literal('decision'),
    schemaVersion: z.literal(decisionItemsSchemaVersion),
    madeAt: z.iso.datetime(),
    engine: z.string().check(z.minLength(1), z.maxLength(32)),
    policyDigest: z.string().check(z.regex(DIGEST_FORM)),
    /** The register's id of the person; the content is sealed under their data key. */
    residentId: z.optional(z.string().check(z.regex(/^rs_[\w-]{22}$/))),
    /** The decision's own data key, wrapped, for a person the register did not know. */
    dataKey: z.optional(bytes),
    /** How `content` is written: canonical JSON in UTF-8, compressed with Brotli, sealed with AES-256-GCM. */
    contentEncoding: z.literal('json+br+aes-gcm'),
    content: bytes,
    /** Epoch seconds after which DynamoDB deletes the item. */
    expiresAt: z.int().check(z.minimum(0)),
  })
  .check(
    z.refine(({ residentId, dataKey }) => (residentId === undefined) !== (dataKey === undefined), {
      message: 'sealed under one key',
    }),
  );

export type DecisionItem = z.infer<typeof decisionItemSchema>;

/** What stands in clear: sealed content opens beside exactly these attributes, and no others. */
export function attributesInClear({ content: _, dataKey: __, ...clear }: DecisionItem): object {
  return clear;
}
