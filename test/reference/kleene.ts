/** Three-valued answers (semantics section 5). */
export type Reason = 'missing' | 'ambiguous-law' | 'not-published' | 'basis-expired' | 'unavailable';

export type Answer =
  | { readonly outcome: 'met' }
  | { readonly outcome: 'unmet' }
  | { readonly outcome: 'unknown'; readonly reasons: readonly Reason[] };

export const MET: Answer = { outcome: 'met' };
export const UNMET: Answer = { outcome: 'unmet' };
export const unknown = (...reasons: Reason[]): Answer => ({ outcome: 'unknown', reasons });
export const answer = (yes: boolean): Answer => (yes ? MET : UNMET);

const reasonsOf = (answers: readonly Answer[]): Reason[] =>
  answers.flatMap((each) => (each.outcome === 'unknown' ? each.reasons : []));

export function not(inner: Answer): Answer {
  if (inner.outcome === 'unknown') return inner;
  return answer(inner.outcome === 'unmet');
}

/** `n` of the answers are met; `all` is every one, `any` is one. */
export function atLeastOf(n: number, answers: readonly Answer[]): Answer {
  const met = answers.filter((each) => each.outcome === 'met').length;
  const open = answers.filter((each) => each.outcome === 'unknown').length;
  if (met >= n) return MET;
  if (met + open < n) return UNMET;
  return unknown(...reasonsOf(answers));
}

export const all = (answers: readonly Answer[]) => atLeastOf(answers.length, answers);
export const any = (answers: readonly Answer[]) => atLeastOf(1, answers);

/** One answer where nobody knows which of several cases holds: they must agree, else it is unknown for `reason`. */
export function whicheverHolds(cases: readonly Answer[], reason: Reason): Answer {
  if (cases.length === 0) return unknown(reason);
  const outcomes = new Set(cases.map((each) => each.outcome));
  if (outcomes.size === 1) {
    return cases[0]!.outcome === 'unknown' ? unknown(...reasonsOf(cases)) : cases[0]!;
  }
  return unknown(reason, ...reasonsOf(cases));
}

const ORDER: readonly Reason[] = [
  'missing',
  'ambiguous-law',
  'not-published',
  'basis-expired',
  'unavailable',
];

/** The one reason that is shown, where there are several. */
export function becauseOf(given: Answer): Reason | null {
  if (given.outcome !== 'unknown') return null;
  return ORDER.find((reason) => given.reasons.includes(reason)) ?? null;
}
