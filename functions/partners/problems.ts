import type { RequestProblem } from '../../shared/http/request-problem.ts';
import { readAnchorProblem } from '../anchor-problems.ts';
import { readAuditProblem } from '../audit-problems.ts';
import { readConsentProblem } from '../consent-problems.ts';
import { readDecisionProblem } from '../decision-problems.ts';
import { readPartnerProblem } from '../partner-problems.ts';
import { readPolicyProblem } from '../policy-problems.ts';
import { readRegisterProblem } from '../register-problems.ts';

/** Reads an error of any store this function asks as a problem; null when it is none that passes by itself. */
export function readPartnersProblem(error: unknown): RequestProblem | null {
  return (
    readPolicyProblem(error) ??
    readRegisterProblem(error) ??
    readConsentProblem(error) ??
    readDecisionProblem(error) ??
    readPartnerProblem(error) ??
    readAuditProblem(error) ??
    readAnchorProblem(error)
  );
}
