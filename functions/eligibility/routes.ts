import { fieldErrorDetail } from '../../shared/contract/field-errors.ts';
import { parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import type { CompiledPolicy } from '../../shared/domain/policy/compiled-policy.ts';
import { evaluateEligibility } from '../../shared/domain/policy/evaluate-eligibility.ts';
import { findContradictions } from '../../shared/domain/resident/contradictions.ts';
import type { Resident } from '../../shared/domain/resident/resident.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import { limitErrors } from '../../shared/http/limit-errors.ts';
import { refuse } from '../../shared/http/refuse.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import type { PolicyDependencies } from '../policy-dependencies.ts';
import { requirePolicy } from '../require-policy.ts';
import { todayInShanghai } from '../today.ts';

type EligibilityDependencies = Pick<PolicyDependencies, 'histories' | 'defaultPolicy' | 'now'>;

/** The operations on given facts. Nothing of a request outlives its answer. */
export function eligibilityOperations({
  histories,
  defaultPolicy,
  now,
}: EligibilityDependencies): Operations<'eligibility'> {
  return {
    createEvaluation: async ({ body, language }) => {
      const { resident, services, explain = 'full', policy = null, asOf = todayInShanghai(now) } = body;
      const contradictions = contradictionsIn(resident, asOf);
      const { history, version } = await requirePolicy(histories, defaultPolicy, {
        policy,
        asOf,
        root: '',
      }).catch((error: unknown) => {
        refuse(contradictions, error instanceof RequestProblem ? error : null);
        throw error;
      });
      refuse(contradictions, unknownAmong(services, version));
      const options = { asOf: parseCivilDate(asOf)!, explain, language };
      return {
        body: evaluateEligibility(
          history,
          resident,
          services === undefined ? options : { ...options, services },
        ),
      };
    },
  };
}

function contradictionsIn(resident: Resident, asOf: string): RequestProblem | null {
  const contradictions = findContradictions(resident, asOf);
  if (contradictions.length === 0) return null;
  return new RequestProblem('contradictory-facts', {
    errors: (language) =>
      limitErrors(language, contradictions, ({ pointer, code, detail }) => ({
        pointer: `/resident${pointer}`,
        code,
        detail: detail[language],
      })),
  });
}

function unknownAmong(
  services: readonly string[] | undefined,
  { serviceIndex }: CompiledPolicy,
): RequestProblem | null {
  const unknown = (services ?? []).flatMap((code, index) => (serviceIndex.has(code) ? [] : [index]));
  if (unknown.length === 0) return null;
  return new RequestProblem('unknown-service', {
    errors: (language) =>
      limitErrors(language, unknown, (index) => ({
        pointer: `/services/${index}`,
        code: 'unknown-service',
        detail: fieldErrorDetail('unknown-service', language),
      })),
  });
}
