import { ConsentStoreUnavailable } from '../shared/domain/consents/consent-store.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';

/** Reads an error of the consent store as a problem; null when it is none that passes by itself. */
export function readConsentProblem(error: unknown): RequestProblem | null {
  return error instanceof ConsentStoreUnavailable
    ? new RequestProblem('unavailable', {}, { cause: error })
    : null;
}
