import { randomRecordId, repeatableRecordId } from '../ids/record-id.ts';

/** The id made of random bytes (24 of them), for a request without a key. */
export function randomConsentId(random: Uint8Array): string {
  return randomRecordId('cn_', random);
}

/**
 * The id of what a resident consents to under an idempotency key: the same for the same two, so that the consent itself
 * is the record of its key.
 *
 * @param idempotencyKey 1 to 255 visible ASCII characters, not made from a person's number (the caller's to check).
 */
export function repeatableConsentId(subject: string, idempotencyKey: string): string {
  return repeatableRecordId('cn_', ['consent', subject, idempotencyKey]);
}

/** The id nobody's consents stand under: whoever asks about somebody unknown looks there, and finds nothing. */
export const nobodysResidentId = `rs_${'-'.repeat(22)}`;
