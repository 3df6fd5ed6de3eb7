import { PartnerStoreUnavailable } from '../shared/domain/partners/partner-store.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';
import { KeyStoreUnavailable } from '../shared/security/key-store.ts';

/** Reads an error of the partner store, or of the key store beside it, as a problem; null when it is none of theirs. */
export function readPartnerProblem(error: unknown): RequestProblem | null {
  return error instanceof PartnerStoreUnavailable || error instanceof KeyStoreUnavailable
    ? new RequestProblem('unavailable', {}, { cause: error })
    : null;
}
