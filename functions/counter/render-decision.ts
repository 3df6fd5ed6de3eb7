import { counterPurpose } from '../../shared/contract/counter/purpose.ts';
import type { DecisionPage } from '../../shared/contract/decisions/response.ts';
import type { Decision } from '../../shared/domain/decisions/decision.ts';

/** A decision as whoever reviews it sees it; null for one that was not made at a counter. */
export function renderDecision(decision: Decision): DecisionPage | null {
  const { id, madeAt, caller, caseNumber, engine, policy, question, answer } = decision;
  const { data: purpose } = counterPurpose.safeParse(decision.purpose);
  if (caller.kind !== 'clerk' || purpose === undefined || caseNumber === null) return null;
  const { shown, ...asked } = question;
  return {
    decisionId: id,
    madeAt,
    caller,
    purpose,
    caseNumber,
    engine,
    policy: { id: policy.id, version: policy.version, digest: policy.digest },
    publishedVersions: policy.published,
    question: {
      ...asked,
      // The wire's own form: only its lists are not read-only.
      resident: question.resident as DecisionPage['question']['resident'],
      shownFacts: shown ?? [],
    },
    answer: JSON.parse(answer),
  };
}
