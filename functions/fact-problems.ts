import { fieldErrorDetail } from '../shared/contract/field-errors.ts';
import type { CompiledPolicy } from '../shared/domain/policy/compiled-policy.ts';
import type { Contradiction } from '../shared/domain/resident/contradictions.ts';
import { limitErrors } from '../shared/http/limit-errors.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';

/**
 * The problem that contradictions are; null when there is none.
 *
 * @param root pointer to the resident they lead into.
 */
export function contradictoryFacts(
  contradictions: readonly Contradiction[],
  root: string,
): RequestProblem | null {
  if (contradictions.length === 0) return null;
  return new RequestProblem('contradictory-facts', {
    errors: (language) =>
      limitErrors(language, contradictions, ({ pointer, code, detail }) => ({
        pointer: `${root}${pointer}`,
        code,
        detail: detail[language],
      })),
  });
}

/**
 * The problem that services the version does not know are; null when it knows all.
 *
 * @param placeOf pointer to the service at an index of those asked for.
 */
export function unknownServices(
  services: readonly string[] | undefined,
  { serviceIndex }: { readonly serviceIndex: Pick<CompiledPolicy['serviceIndex'], 'has'> },
  placeOf: (index: number) => string = (index) => `/services/${index}`,
): RequestProblem | null {
  const unknown = (services ?? []).flatMap((code, index) => (serviceIndex.has(code) ? [] : [index]));
  if (unknown.length === 0) return null;
  return new RequestProblem('unknown-service', {
    errors: (language) =>
      limitErrors(language, unknown, (index) => ({
        pointer: placeOf(index),
        code: 'unknown-service',
        // In a query all stand at one place: which of them it is, is said in words.
        detail: fieldErrorDetail('unknown-service', language, { place: index + 1 }),
      })),
  });
}
