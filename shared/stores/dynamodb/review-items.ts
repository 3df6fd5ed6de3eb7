import * as z from 'zod/mini';
import { DIGEST_FORM } from '../../domain/digests/digest-form.ts';
import type { Review } from '../../domain/reviews/review.ts';
import { residentId } from './resident-items.ts';

/**
 * The items of requests for review, in the `decisions` table. Whoever changes the shape of an item raises this number and
 * teaches the readers both shapes: items stay for three years.
 */
export const reviewItemsSchemaVersion = 1;

const reviewId = z.string().check(z.regex(/^rv_[\w-]{32}$/));
const decisionId = z.string().check(z.regex(/^dc_[\w-]{32}$/));
const instant = z.iso.datetime({ precision: 3 });
const text = z.string().check(z.minLength(1), z.maxLength(256));
const placeOfReview = z
  .string()
  .check(z.regex(/^(?:REVIEW#)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#rv_[\w-]{32}$/));
const openPartition = 'OPEN-REVIEWS';

export const reviewKeys = {
  review: (id: string) => ({ pk: `REVIEW#${id}`, sk: 'REVIEW' }),
  /** Beside the other things a resident decided, in the order in which they were received. */
  ofResident: ({ residentId, receivedAt, id }: Review) => ({
    pk: reviewKeys.resident(residentId),
    sk: `${reviewKeys.residentPrefix}${receivedAt}#${id}`,
  }),
  resident: (residentId: string) => `RESIDENT#${residentId}`,
  residentPrefix: 'REVIEW#',
  /** There while the review is open. A city has hundreds of them at a time: one partition lists them all. */
  open: ({ receivedAt, id }: Review) => ({ pk: openPartition, sk: `${receivedAt}#${id}` }),
  allOpen: openPartition,
} as const;

/** One request. `revision` moves with every change. */
export const reviewItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^REVIEW#rv_[\w-]{32}$/)),
  sk: z.literal('REVIEW'),
  type: z.literal('review'),
  schemaVersion: z.literal(reviewItemsSchemaVersion),
  revision: z.int().check(z.minimum(0)),
  review: z.strictObject({
    id: reviewId,
    residentId,
    district: z.nullable(text),
    decisionId: z.nullable(decisionId),
    services: z.array(z.string().check(z.regex(/^[a-z0-9][a-z0-9.+-]{0,63}$/))).check(z.minLength(1)),
    asOf: z.iso.date(),
    ground: z.string().check(z.regex(/^[a-z-]{1,32}$/)),
    receivedAt: instant,
    fingerprint: z.string().check(z.regex(DIGEST_FORM)),
    state: z.enum(['received', 'in-review', 'concluded', 'withdrawn']),
    reviewer: z.nullable(z.strictObject({ subject: text, district: text, post: text })),
    endedAt: z.nullable(instant),
    result: z.nullable(z.enum(['upheld', 'corrected'])),
    resultDecisionId: z.nullable(decisionId),
  }),
  /** Epoch seconds after which DynamoDB deletes the item. */
  expiresAt: z.int().check(z.minimum(0)),
});

/** Names a review where it is looked for: with its resident, or among the open ones. */
export const reviewPlaceItemSchema = z.strictObject({
  pk: z.string().check(z.regex(/^(?:RESIDENT#rs_[\w-]{22}|OPEN-REVIEWS)$/)),
  sk: placeOfReview,
  type: z.literal('review-place'),
  schemaVersion: z.literal(reviewItemsSchemaVersion),
  reviewId,
  expiresAt: z.int().check(z.minimum(0)),
});

export type ReviewItem = z.infer<typeof reviewItemSchema>;
