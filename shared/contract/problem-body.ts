import * as z from 'zod/mini';
import { documented } from './documented.ts';
import type { Language } from './language.ts';
import { type ProblemCode, problems, problemType } from './problems.ts';

/** One thing wrong with a request. */
export const problemError = z
  .strictObject({
    pointer: z.string().apply(documented, {
      description:
        'JSON Pointer (RFC 6901) into the body; for anything else of the request it begins with `/query`, `/path` or `/headers`. A member name that does not look like a field name is not repeated: the pointer then names its parent.',
      examples: ['/resident/birthDate'],
    }),
    code: z.string().apply(documented, { examples: ['not-a-date'] }),
    detail: z.string(),
  })
  .apply(documented, { id: 'ProblemError' });

/** The body of every answer that is not a success: RFC 9457, `application/problem+json`. */
export const problemBody = z
  .strictObject({
    type: z.string().apply(documented, {
      description: 'Names the kind of problem; leads to its entry in `GET /v1/errors`.',
    }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().apply(documented, { description: 'The same as the end of `type`, for programs.' }),
    requestId: z.string().apply(documented, { description: 'Quote it when asking for help.' }),
    retryable: z
      .boolean()
      .apply(documented, { description: 'Whether the same request may succeed later, unchanged.' }),
    userMessage: z.string().apply(documented, { description: 'May be shown to the person as it is.' }),
    errors: z
      .array(problemError)
      .apply(documented, { description: 'Every problem found, at once. Never repeats a value.' }),
  })
  .apply(documented, { id: 'Problem', description: 'A problem (RFC 9457).' });

export type ProblemBody = z.infer<typeof problemBody>;
export type ProblemError = z.infer<typeof problemError>;

export const problemMediaType = 'application/problem+json';

/**
 * The body of a problem.
 *
 * @param detail what exactly happened, in `language`; what the catalogue says to do about it when absent.
 */
export function renderProblem(
  code: ProblemCode,
  language: Language,
  requestId: string,
  detail?: string,
  errors: readonly ProblemError[] = [],
): ProblemBody {
  const problem = problems[code];
  return {
    type: problemType(code),
    title: problem.title[language],
    status: problem.status,
    detail: detail ?? problem.remedy[language],
    code,
    requestId,
    retryable: problem.retryable,
    userMessage: problem.userMessage[language],
    errors: [...errors],
  };
}
