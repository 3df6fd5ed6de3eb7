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

/** Something wrong, and its place. */
export interface PlacedFault {
  readonly path: readonly (string | number)[];
  /** With the path in front. */
  readonly message: string;
}

/** What is wrong, and where: of members that an object must not have, each at its own place. */
export function placedFaults(issue: z.core.$ZodIssue): PlacedFault[] {
  const path = issue.path as (string | number)[];
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issueText(issue) }];
  return issue.keys.map((key) => {
    const place = [...path, key];
    return { path: place, message: `${place.join('.')}: there is no such field` };
  });
}
