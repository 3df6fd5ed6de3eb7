import { AuditNotAnchored } from '../shared/domain/audit/anchor-watch.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';

/** What kept roots from being made for hours is not over in a second. */
const retryAfterSeconds = 60;

/** Reads it as a problem that nothing was anchored; null when it is something else. */
export function readAnchorProblem(error: unknown): RequestProblem | null {
  if (!(error instanceof AuditNotAnchored)) return null;
  return new RequestProblem(
    'unavailable',
    { headers: { 'Retry-After': String(retryAfterSeconds) } },
    { cause: error },
  );
}
