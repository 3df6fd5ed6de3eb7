/**
 * Outcomes as bytes, one a test, condition, route and service. Above MET stand the reasons why something is unknown,
 * in the order in which one of several is named: what the caller can mend comes first.
 */
export const UNMET = 0;
export const MET = 1;
export const MISSING = 2;
export const AMBIGUOUS_LAW = 3;
export const NOT_PUBLISHED = 4;
export const BASIS_EXPIRED = 5;
export const UNAVAILABLE = 6;

export type OutcomeByte = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** Outcome of a condition on the wire. */
export const CONDITION_OUTCOMES = [
  'unmet',
  'met',
  'unknown',
  'unknown',
  'unknown',
  'unknown',
  'unknown',
] as const;
/** Why a condition is unknown, on the wire. */
export const REASONS = [
  null,
  null,
  'missing',
  'ambiguous-law',
  'not-published',
  'basis-expired',
  'unavailable',
] as const;
/** Outcome of a service on the wire. */
export const SERVICE_OUTCOMES = [
  'not_eligible',
  'eligible',
  'undetermined',
  'undetermined',
  'undetermined',
  'undetermined',
  'undetermined',
] as const;
