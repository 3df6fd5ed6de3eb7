import { parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { evaluateEligibility } from '../../shared/domain/policy/evaluate-eligibility.ts';
import { findContradictions } from '../../shared/domain/resident/contradictions.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import { refuse } from '../../shared/http/refuse.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { contradictoryFacts, unknownServices } from '../fact-problems.ts';
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
      const contradictions = contradictoryFacts(findContradictions(resident, asOf), '/resident');
      const { history, version } = await requirePolicy(histories, defaultPolicy, {
        policy,
        asOf,
        root: '',
      }).catch((error: unknown) => {
        refuse(contradictions, error instanceof RequestProblem ? error : null);
        throw error;
      });
      refuse(contradictions, unknownServices(services, version));
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
