import type { ReviewPage } from '../shared/contract/reviews/response.ts';
import type { Review } from '../shared/domain/reviews/review.ts';

/** At most as many reviews are listed at once. */
export const mostReviews = 100;

/** A request for review as residents and clerks see it: the unit that looks at it, and not the person there. */
export function reviewPage(review: Review): ReviewPage {
  const { id, state, decisionId, services, asOf, ground, receivedAt, reviewer, endedAt, result } = review;
  return {
    reviewId: id,
    state,
    decisionId,
    services: [...services],
    asOf,
    // What was stored under this name came from the same list.
    ground: ground as ReviewPage['ground'],
    receivedAt,
    reviewer: reviewer && { district: reviewer.district, post: reviewer.post },
    concludedAt: state === 'concluded' ? endedAt : null,
    result,
    resultDecisionId: review.resultDecisionId,
  };
}
