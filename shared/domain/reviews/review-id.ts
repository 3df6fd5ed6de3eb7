import { randomRecordId, repeatableRecordId } from '../ids/record-id.ts';

/** The id made of random bytes (24 of them), for a request without a key. */
export function randomReviewId(random: Uint8Array): string {
  return randomRecordId('rv_', random);
}

/**
 * The id of what a resident asks to have reviewed under an idempotency key: the same for the same two, so that the review
 * itself is the record of its key.
 *
 * @param idempotencyKey 1 to 255 visible ASCII characters, not made from a person's number (the caller's to check).
 */
export function repeatableReviewId(residentId: string, idempotencyKey: string): string {
  return repeatableRecordId('rv_', ['review', residentId, idempotencyKey]);
}
