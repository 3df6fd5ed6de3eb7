import { RequestProblem } from './request-problem.ts';

/**
 * Throws what is wrong with a request, all of it at once: the one problem there is, or `invalid-request` with the errors
 * of several. Returns when there is none.
 */
export function refuse(...found: readonly (RequestProblem | null)[]): void {
  const problems = found.filter((problem) => problem !== null);
  if (problems.length > 1) {
    throw new RequestProblem('invalid-request', {
      errors: (language) => problems.flatMap(({ details }) => details.errors?.(language) ?? []),
    });
  }
  if (problems[0] !== undefined) throw problems[0];
}
