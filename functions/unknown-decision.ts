import { fieldErrorDetail } from '../shared/contract/field-errors.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';

/** The refusal of a decision that a body names: one that does not exist, or is about somebody else. */
export function unknownDecision(): RequestProblem {
  const code = 'unknown-decision';
  return new RequestProblem('invalid-request', {
    errors: (language) => [{ pointer: '/decisionId', code, detail: fieldErrorDetail(code, language) }],
  });
}
