import type { CallerOf } from '../../shared/contract/caller.ts';
import type { DecisionStore } from '../../shared/domain/decisions/decision-store.ts';
import { liesIn } from '../../shared/domain/policy/areas.ts';
import type { Review, Reviewer } from '../../shared/domain/reviews/review.ts';
import type { ReviewStore } from '../../shared/domain/reviews/review-store.ts';
import type { OperationInput, Reply } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { mostReviews, reviewPage } from '../review-page.ts';
import { movedOrRefused } from '../review-problems.ts';
import { unknownDecision } from '../unknown-decision.ts';

export interface ReviewDependencies {
  readonly reviews: Pick<ReviewStore, 'find' | 'open' | 'move'>;
  readonly decisions: Pick<DecisionStore, 'read'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

type Clerk = CallerOf<'counter'>;

/** The requests that wait for a person of a clerk's district. */
export async function listOpenReviews(clerk: Clerk, { reviews }: ReviewDependencies): Promise<Reply> {
  const found: Review[] = [];
  for await (const review of reviews.open()) {
    if (isFor(clerk, review)) found.push(review);
    if (found.length === mostReviews) break;
  }
  return { body: { reviews: found.map(reviewPage) } };
}

/** Makes a request the clerk's own. */
export async function takeReview(
  { path, caller }: OperationInput<'takeReview'>,
  dependencies: ReviewDependencies,
): Promise<Reply> {
  const review = await reviewFor(caller, path.id, dependencies);
  const outcome = await dependencies.reviews.move(review, { to: 'in-review', reviewer: reviewerOf(caller) });
  return { body: reviewPage(movedOrRefused(outcome)) };
}

/** Ends a review that the clerk took on. */
export async function concludeReview(
  { path, caller, body }: OperationInput<'concludeReview'>,
  dependencies: ReviewDependencies,
): Promise<Reply> {
  const { reviews, now } = dependencies;
  const review = await reviewFor(caller, path.id, dependencies);
  const { result, decisionId = null } = body;
  if (decisionId !== null) await requireSamePerson(decisionId, review, dependencies);
  const outcome = await reviews.move(review, {
    to: 'concluded',
    reviewer: reviewerOf(caller),
    result,
    resultDecisionId: decisionId,
    at: new Date(now()).toISOString(),
  });
  return { body: reviewPage(movedOrRefused(outcome)) };
}

/** @throws RequestProblem for a request of another district, which looks like one that does not exist. */
async function reviewFor(clerk: Clerk, id: string, { reviews }: ReviewDependencies): Promise<Review> {
  const review = await reviews.find(id);
  if (review === null || !isFor(clerk, review)) throw new RequestProblem('review-not-found');
  return review;
}

/** @throws RequestProblem for a decision about somebody else, which looks like one that does not exist. */
async function requireSamePerson(
  decisionId: string,
  { residentId }: Review,
  { decisions }: ReviewDependencies,
): Promise<void> {
  const found = await decisions.read(decisionId);
  if (found?.residentId === residentId) return;
  throw unknownDecision();
}

function isFor({ district }: Clerk, review: Review): boolean {
  return review.district === null || liesIn(review.district, district);
}

function reviewerOf({ subject, district, post }: Clerk): Reviewer {
  return { subject, district, post };
}
