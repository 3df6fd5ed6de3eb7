import { en } from 'zod/locales';
import type * as z from 'zod/mini';

/**
 * For a parse whose issues are read by operators or by those who write policies, not by callers of the API: their
 * messages say what was expected. Without it they say that the input is not valid, and no more.
 */
export const englishIssues = { error: en().localeError };

/** Where something is wrong, and what. */
export function issueText({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.')}: ${message}`;
}
