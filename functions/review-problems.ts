import type { MoveRefusal, Review } from '../shared/domain/reviews/review.ts';
import { ReviewStoreUnavailable } from '../shared/domain/reviews/review-store.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';

const refusals = {
  ended: 'review-concluded',
  taken: 'review-taken',
  'not-taken': 'review-not-taken',
} as const satisfies Record<MoveRefusal, string>;

/** The review after a move. @throws RequestProblem 409 for one that was refused. */
export function movedOrRefused(outcome: Review | MoveRefusal): Review {
  if (typeof outcome === 'string') throw new RequestProblem(refusals[outcome]);
  return outcome;
}

/** Reads an error of the review store as a problem; null when it is none of its own. */
export function readReviewProblem(error: unknown): RequestProblem | null {
  return error instanceof ReviewStoreUnavailable
    ? new RequestProblem('unavailable', {}, { cause: error })
    : null;
}
