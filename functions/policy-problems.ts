import { PolicyStoreUnavailable } from '../shared/domain/policy/policy-store.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';

/** Reads an error of the policy store as a problem; null when it is none of its own. */
export function readPolicyProblem(error: unknown): RequestProblem | null {
  return error instanceof PolicyStoreUnavailable
    ? new RequestProblem('unavailable', {}, { cause: error })
    : null;
}
