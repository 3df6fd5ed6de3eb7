import type { Partner } from '../../shared/contract/admin/response.ts';
import { requestFingerprint } from '../../shared/domain/decisions/decision-id.ts';
import { createPartner } from '../../shared/domain/partners/manage-partners.ts';
import type { PartnerStore } from '../../shared/domain/partners/partner-store.ts';
import type { KeyedRequest, PartnerTermsStore } from '../../shared/domain/partners/partner-terms.ts';
import type { OperationInput, Reply } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';

interface Dependencies {
  readonly partners: Pick<PartnerStore, 'findOwner' | 'revokeKey'>;
  readonly terms: PartnerTermsStore;
}

/**
 * Adds a third party. The id is the operator's, so that the same again is known by itself; under an `Idempotency-Key` the
 * request is remembered with its answer, in one transaction with what it makes.
 *
 * @param at RFC 3339, UTC.
 * @param shown the third party as it is.
 * @throws RequestProblem, PartnerStoreUnavailable
 */
export async function addPartner(
  input: OperationInput<'createPartner'>,
  at: string,
  shown: (id: string) => Promise<Partner>,
  dependencies: Dependencies,
): Promise<{ readonly reply: Reply; readonly isNew: boolean }> {
  const { partnerId, name, terms } = input.body;
  const made: Partner = { partnerId, name, createdAt: at, liveKeys: 0, terms };
  const request = requestOf(input, made);
  const outcome = await createPartner({ id: partnerId, name, terms }, at, dependencies, request);
  if (outcome === 'exists') throw new RequestProblem('partner-exists');
  if (outcome === 'created') return { reply: { status: 201, body: made }, isNew: true };
  if (outcome === 'repeated') {
    // Added before, under no key or another: from now on this key is that of this request too.
    const as = await shown(partnerId);
    const repeated = requestOf(input, as);
    const standing = repeated === null ? null : await dependencies.terms.remember(repeated, at);
    return { reply: replayOf(standing ?? as, repeated), isNew: false };
  }
  return { reply: replayOf(outcome, request), isNew: false };
}

/** @throws RequestProblem where what stands was answered to another request. */
function replayOf(standing: KeyedRequest | Partner, request: KeyedRequest | null): Reply {
  const headers = { 'Idempotent-Replayed': 'true' };
  if (!('answer' in standing)) return { status: 201, body: standing, headers };
  if (standing.fingerprint !== request?.fingerprint) throw new RequestProblem('idempotency-key-reused');
  return { status: 201, body: standing.answer, headers };
}

/** What is remembered of a request and its answer; null where it has no key. An operator is one at every window. */
function requestOf(
  { body, caller, idempotencyKey, operationId }: OperationInput<'createPartner'>,
  answer: Partner,
): KeyedRequest | null {
  if (idempotencyKey === null) return null;
  return {
    id: requestFingerprint({ operation: operationId, subject: caller.subject, idempotencyKey }),
    fingerprint: requestFingerprint({ operation: operationId, body }),
    answer: JSON.stringify(answer),
  };
}
