import type { Language } from '../contract/language.ts';
import type { ProblemError } from '../contract/problem-body.ts';
import { type ProblemCode, problems } from '../contract/problems.ts';

export interface RequestProblemDetails {
  /** What exactly happened, in the caller's language; the catalogue's remedy when absent. Never a value of the request. */
  readonly detail?: (language: Language) => string;
  readonly errors?: (language: Language) => readonly ProblemError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown anywhere in a request to answer with a problem of the catalogue. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly code: ProblemCode;
  readonly details: RequestProblemDetails;

  constructor(code: ProblemCode, details: RequestProblemDetails = {}, options?: ErrorOptions) {
    super(problems[code].title.en, options);
    this.code = code;
    this.details = details;
  }
}
