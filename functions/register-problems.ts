import { ResidentContended, ResidentStoreUnavailable } from '../shared/domain/register/resident-store.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';

/** Reads an error of the resident store as a problem; null when it is none of its own. */
export function readRegisterProblem(error: unknown): RequestProblem | null {
  return error instanceof ResidentStoreUnavailable || error instanceof ResidentContended
    ? new RequestProblem('unavailable', {}, { cause: error })
    : null;
}
