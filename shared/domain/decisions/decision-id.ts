import { canonicalJson } from '../digests/canonical-json.ts';
import { sha256Digest } from '../digests/sha256-digest.ts';
import { randomRecordId, repeatableRecordId } from '../ids/record-id.ts';
import type { DecisionCaller } from './decision.ts';

/** The id made of random bytes (24 of them), for a request without a key. */
export function randomDecisionId(random: Uint8Array): string {
  return randomRecordId('dc_', random);
}

/**
 * The id of what a caller asks for under an idempotency key: the same for the same two, so that the decision itself
 * is the record of its key. A caller is the clerk, not the post they are at, and the third party, not the key it used.
 *
 * @param idempotencyKey 1 to 255 visible ASCII characters, not made from a person's number (the caller's to check).
 */
export function repeatableDecisionId(
  caller: DecisionCaller,
  operation: string,
  idempotencyKey: string,
): string {
  const who = caller.kind === 'partner' ? caller.partner : caller.subject;
  return repeatableRecordId('dc_', ['decision', operation, caller.kind, who, idempotencyKey]);
}

/** `sha256:<hex>` of the canonical JSON of a request. It is kept sealed only: a number could be guessed from it. */
export function requestFingerprint(request: object): string {
  return sha256Digest(canonicalJson(request));
}
