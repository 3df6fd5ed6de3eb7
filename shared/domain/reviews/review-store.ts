import type { MoveRefusal, Review, ReviewMove } from './review.ts';

export type ReceiveOutcome =
  | { readonly outcome: 'received' | 'repeated'; readonly review: Review }
  /** Another request stands under this id. */
  | { readonly outcome: 'key-reused' };

/** Where requests for review are kept, for three years. Every method throws {@link ReviewStoreUnavailable}. */
export interface ReviewStore {
  /** Keeps a request unless one stands under its id. */
  receive(review: Review): Promise<ReceiveOutcome>;

  find(id: string): Promise<Review | null>;

  /** The requests of a resident, the newest first, at most `limit`. */
  ofResident(residentId: string, limit: number): Promise<readonly Review[]>;

  /** Those that are neither concluded nor withdrawn, the oldest first. Reads the store bit by bit while it is consumed. */
  open(): AsyncIterable<Review>;

  /**
   * Makes a move on condition that the review still stands as it was found; of two at once, one finds what the other
   * left. A move that was made before changes nothing.
   */
  move(review: Review, move: ReviewMove): Promise<Review | MoveRefusal>;
}

/** The store did not answer; the same call may succeed later. */
export class ReviewStoreUnavailable extends Error {
  override readonly name = 'ReviewStoreUnavailable';
}
