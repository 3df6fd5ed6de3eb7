import * as z from 'zod/mini';
import { decisionId } from '../decisions/decision-id.ts';
import { documented } from '../documented.ts';
import { civilDate, instant, serviceCode } from '../values.ts';
import { reviewGround, reviewResult } from './request.ts';
import { reviewId } from './review-id.ts';

/** Where a review stands. */
export const reviewState = z.enum(['received', 'in-review', 'concluded', 'withdrawn']).apply(documented, {
  id: 'ReviewState',
  description:
    '`received` 已受理 → `in-review` 复核中 → `concluded` 已办结; `withdrawn` 已撤回 by the resident, before it is concluded.',
});

/** A request for review. */
export const review = z
  .strictObject({
    reviewId,
    state: reviewState,
    decisionId: z
      .nullable(decisionId)
      .apply(documented, { description: 'The decision that is looked at; null: an own answer.' }),
    services: z.array(serviceCode),
    asOf: civilDate,
    ground: reviewGround,
    receivedAt: instant,
    reviewer: z
      .nullable(z.strictObject({ district: z.string(), post: z.string() }))
      .apply(documented, { description: 'The unit that looks at it; null: none yet.' }),
    concludedAt: z.nullable(instant),
    result: z.nullable(reviewResult),
    resultDecisionId: z
      .nullable(decisionId)
      .apply(documented, { description: 'The decision made in the review.' }),
  })
  .apply(documented, {
    id: 'Review',
    description: 'A request that a person look at an automated answer (PIPL art. 24).',
  });

export type ReviewPage = z.infer<typeof review>;

/** The 200 of `GET /v1/me/review-requests`. */
export const reviews = z
  .strictObject({
    reviews: z.array(review).apply(documented, { description: 'The newest first; at most 100.' }),
  })
  .apply(documented, { id: 'Reviews' });

/** The 200 of `GET /v1/counter/review-requests`. */
export const openReviews = z
  .strictObject({
    reviews: z.array(review).apply(documented, { description: 'The oldest first; at most 100.' }),
  })
  .apply(documented, { id: 'OpenReviews' });
