import type { RequestProblem } from '../../shared/http/request-problem.ts';
import { readPartnerProblem } from '../partner-problems.ts';
import { readPolicyProblem } from '../policy-problems.ts';

/** Reads an error of any store this function asks as a problem; null when it is none that passes by itself. */
export function readAdminProblem(error: unknown): RequestProblem | null {
  return readPartnerProblem(error) ?? readPolicyProblem(error);
}
