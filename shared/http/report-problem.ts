import { limits } from '../contract/limits.ts';
import { problemMediaType, renderProblem } from '../contract/problem-body.ts';
import { nameOf, namesOf, placesOf } from '../observability/describe-error.ts';
import type { Log } from '../observability/log.ts';
import type { Measures } from '../observability/measures.ts';
import type { Step } from './exchange.ts';
import { RequestProblem } from './request-problem.ts';

/** Reads an error of a function's own world as a problem; null when it is none it knows. */
export type ProblemReader = (error: unknown) => RequestProblem | null;

/**
 * Answers whatever was thrown with a problem (RFC 9457). What nobody expected becomes a 500 that tells the caller
 * nothing, and is logged by class and place only: an error's message may quote a personal value.
 */
export function reportProblem(read: ProblemReader, log: Log, measures: Measures): Step {
  return {
    onError: (request) => {
      const { error, internal } = request;
      const operationId = internal.route?.operationId;
      const known =
        error instanceof RequestProblem ? error : isTimeout(error) ? timedOut(error) : read(error);
      const problem = known ?? new RequestProblem('internal-error');
      if (known === null) {
        log.write('unexpectedError', { operationId, errorName: nameOf(error), stack: placesOf(error) });
      } else if (problem.code === 'unavailable') {
        log.write('dependencyUnavailable', { operationId, errorName: namesOf(problem.cause ?? error) });
      }
      measures.countProblem(problem.code);
      internal.problem = problem.code;

      const { detail, errors, headers } = problem.details;
      const body = renderProblem(
        problem.code,
        internal.language,
        internal.requestId,
        detail?.(internal.language),
        errors?.(internal.language),
      );
      request.response = {
        statusCode: body.status,
        headers: {
          'Content-Type': problemMediaType,
          ...(body.status === 503 ? { 'Retry-After': String(limits.retryAfterSeconds) } : {}),
          ...headers,
        },
        body: JSON.stringify(body),
      };
    },
  };
}

/** What the chain throws when the function is about to run out of its time. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

function timedOut(error: unknown): RequestProblem {
  return new RequestProblem('unavailable', {}, { cause: error });
}
