/** `received` → `in-review` → `concluded`; `withdrawn` from the first two. The last two are for good. */
export type ReviewState = 'received' | 'in-review' | 'concluded' | 'withdrawn';

/** A clerk who looks at an answer again. */
export interface Reviewer {
  readonly subject: string;
  readonly district: string;
  readonly post: string;
}

/** A resident's request that a person look at an automated answer (PIPL art. 24). Nothing in it tells who they are. */
export interface Review {
  /** `rv_` and 32 characters. */
  readonly id: string;
  readonly residentId: string;
  /** Whose clerks handle it, an area code; null: any district's. */
  readonly district: string | null;
  /** What is looked at; null: an answer to the resident's own question. */
  readonly decisionId: string | null;
  readonly services: readonly string[];
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  readonly ground: string;
  /** RFC 3339 instant, to the millisecond. */
  readonly receivedAt: string;
  /** `sha256:<hex>` of the request: tells a repeated one from another under the same key. */
  readonly fingerprint: string;
  readonly state: ReviewState;
  /** Null until somebody takes it on. */
  readonly reviewer: Reviewer | null;
  /** When it came to its last state; null before. */
  readonly endedAt: string | null;
  readonly result: 'upheld' | 'corrected' | null;
  /** The decision that was made in the review. */
  readonly resultDecisionId: string | null;
}

/** What can be done with a review, by whom. */
export type ReviewMove =
  | { readonly to: 'in-review'; readonly reviewer: Reviewer }
  | {
      readonly to: 'concluded';
      readonly reviewer: Reviewer;
      readonly result: 'upheld' | 'corrected';
      readonly resultDecisionId: string | null;
      readonly at: string;
    }
  | { readonly to: 'withdrawn'; readonly at: string };

/** Why a move did not happen. `taken`: by another clerk. `not-taken`: by nobody yet. `ended`: it came to its last state before. */
export type MoveRefusal = 'taken' | 'not-taken' | 'ended';

/**
 * What a move means for a review as it stands: the review after it, itself where the move was made before (so that it can
 * be asked for twice), or why it cannot be made. The one description of the states and what leads from one to the next.
 */
export function moved(review: Review, move: ReviewMove): Review | MoveRefusal {
  switch (move.to) {
    case 'in-review':
      if (isEnded(review)) return 'ended';
      if (review.reviewer === null) return { ...review, state: move.to, reviewer: move.reviewer };
      return isReviewer(review, move.reviewer) ? review : 'taken';
    case 'concluded': {
      if (review.state === 'withdrawn') return 'ended';
      if (review.reviewer === null) return 'not-taken';
      if (!isReviewer(review, move.reviewer)) return 'taken';
      const { result, resultDecisionId, at } = move;
      if (review.state === 'in-review') {
        return { ...review, state: move.to, endedAt: at, result, resultDecisionId };
      }
      const isSame = review.result === result && review.resultDecisionId === resultDecisionId;
      return isSame ? review : 'ended';
    }
    case 'withdrawn':
      if (review.state === 'withdrawn') return review;
      return isEnded(review) ? 'ended' : { ...review, state: move.to, endedAt: move.at };
  }
}

function isEnded({ state }: Review): boolean {
  return state === 'concluded' || state === 'withdrawn';
}

/** A clerk is the same at another window. */
function isReviewer({ reviewer }: Review, { subject }: Reviewer): boolean {
  return reviewer?.subject === subject;
}
