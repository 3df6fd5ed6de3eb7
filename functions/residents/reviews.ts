import { requestFingerprint } from '../../shared/domain/decisions/decision-id.ts';
import type { FoundDecision } from '../../shared/domain/decisions/decision-store.ts';
import { districtsOfRecord } from '../../shared/domain/register/districts-of-record.ts';
import type { KnownResident } from '../../shared/domain/register/resident-store.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import { randomReviewId, repeatableReviewId } from '../../shared/domain/reviews/review-id.ts';
import type { ReviewStore } from '../../shared/domain/reviews/review-store.ts';
import type { OperationInput, Reply } from '../../shared/http/exchange.ts';
import { refuse } from '../../shared/http/refuse.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { unknownServices } from '../fact-problems.ts';
import type { PolicyDependencies } from '../policy-dependencies.ts';
import { requirePolicy } from '../require-policy.ts';
import { reviewPage } from '../review-page.ts';
import { movedOrRefused } from '../review-problems.ts';
import { todayInShanghai } from '../today.ts';
import { unknownDecision } from '../unknown-decision.ts';

export interface ReviewDependencies extends Pick<PolicyDependencies, 'histories' | 'defaultPolicy' | 'now'> {
  readonly reviews: Pick<ReviewStore, 'receive' | 'find' | 'ofResident' | 'move'>;
  readonly decisions: { read(id: string): Promise<FoundDecision | null> };
  /** Bytes nobody can foretell. */
  readonly randomBytes: (count: number) => Uint8Array;
}

/** Keeps a resident's request that a person look at an automated answer, in one transaction. */
export async function createReview(
  { body, idempotencyKey, operationId }: OperationInput<'createReviewRequest'>,
  resident: KnownResident,
  dependencies: ReviewDependencies,
): Promise<Reply> {
  const { reviews, now, randomBytes, histories, defaultPolicy } = dependencies;
  const { decisionId = null, services, asOf = todayInShanghai(now), ground } = body;
  const { version } = await requirePolicy(histories, defaultPolicy, { policy: null, asOf, root: '' });
  refuse(unknownServices(services, version));
  const decision = decisionId === null ? null : await ownDecision(decisionId, resident, dependencies);
  const review: Review = {
    id:
      idempotencyKey === null
        ? randomReviewId(randomBytes(24))
        : repeatableReviewId(resident.residentId, idempotencyKey),
    residentId: resident.residentId,
    district: decision === null ? districtOf(resident, asOf) : decision,
    decisionId,
    services,
    asOf,
    ground,
    receivedAt: new Date(now()).toISOString(),
    fingerprint: requestFingerprint({ operationId, body }),
    state: 'received',
    reviewer: null,
    endedAt: null,
    result: null,
    resultDecisionId: null,
  };
  const received = await reviews.receive(review);
  if (received.outcome === 'key-reused') throw new RequestProblem('idempotency-key-reused');
  return {
    status: 201,
    // As it was received, whatever has come of it since: a repeated request gets the first answer.
    body: reviewPage({ ...received.review, ...stateOnReceipt }),
    ...(received.outcome === 'repeated' && { headers: { 'Idempotent-Replayed': 'true' } }),
  };
}

/** Withdraws a resident's own request. */
export async function withdrawReview(
  id: string,
  { residentId }: KnownResident,
  { reviews, now }: ReviewDependencies,
): Promise<Reply> {
  const review = await reviews.find(id);
  if (review === null || review.residentId !== residentId) throw new RequestProblem('review-not-found');
  const at = new Date(now()).toISOString();
  return { body: reviewPage(movedOrRefused(await reviews.move(review, { to: 'withdrawn', at }))) };
}

const stateOnReceipt = {
  state: 'received',
  reviewer: null,
  endedAt: null,
  result: null,
  resultDecisionId: null,
} as const satisfies Partial<Review>;

/**
 * The district of the counter that made a decision about the resident; null for one of a third party.
 *
 * @throws RequestProblem for one about somebody else, which looks like one that does not exist.
 */
async function ownDecision(
  id: string,
  { residentId }: KnownResident,
  { decisions }: ReviewDependencies,
): Promise<string | null> {
  const found = await decisions.read(id);
  if (found?.residentId === residentId) {
    const { caller } = found.decision;
    return caller.kind === 'clerk' ? caller.district : null;
  }
  throw unknownDecision();
}

/** Where they live or have their permit comes before where their hukou is; which of two districts does not matter. */
function districtOf({ record }: KnownResident, asOf: string): string | null {
  const { hukou: _, ...registered } = record;
  return districtsOfRecord(registered, asOf)[0] ?? districtsOfRecord(record, asOf)[0] ?? null;
}
