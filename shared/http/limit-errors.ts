import { fieldErrorDetail } from '../contract/field-errors.ts';
import type { Language } from '../contract/language.ts';
import { limits } from '../contract/limits.ts';
import type { ProblemError } from '../contract/problem-body.ts';

/**
 * Words the faults of a request, in order, up to {@link limits.reportedErrors}; where there are more, a last entry says
 * how many, so that 256 KB of nonsense do not come back as megabytes.
 */
export function limitErrors<Fault>(
  language: Language,
  faults: readonly Fault[],
  describe: (fault: Fault) => ProblemError,
): ProblemError[] {
  const errors = faults.slice(0, limits.reportedErrors).map(describe);
  const count = faults.length - errors.length;
  if (count > 0) {
    errors.push({
      pointer: '',
      code: 'more-errors',
      detail: fieldErrorDetail('more-errors', language, { count }),
    });
  }
  return errors;
}
