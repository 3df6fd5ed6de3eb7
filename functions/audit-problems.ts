import { AuditStoreUnavailable } from '../shared/domain/audit/audit-store.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';

/**
 * Reads an error of the audit as a problem; null when it is none that passes by itself. A look that cannot be recorded
 * is not answered.
 */
export function readAuditProblem(error: unknown): RequestProblem | null {
  return error instanceof AuditStoreUnavailable
    ? new RequestProblem('unavailable', {}, { cause: error })
    : null;
}
