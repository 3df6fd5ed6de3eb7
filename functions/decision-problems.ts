import { DecisionStoreUnavailable } from '../shared/domain/decisions/decision-store.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';

/** Reads an error of the decision store as a problem; null when it is none that passes by itself. */
export function readDecisionProblem(error: unknown): RequestProblem | null {
  return error instanceof DecisionStoreUnavailable
    ? new RequestProblem('unavailable', {}, { cause: error })
    : null;
}
