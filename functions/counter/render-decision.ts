import type { DecisionPage } from '../../shared/contract/decisions/response.ts';
import type { Decision } from '../../shared/domain/decisions/decision.ts';

/** A decision as whoever reviews it sees it. */
export function renderDecision(decision: Decision): DecisionPage {
  const { id, madeAt, caller, purpose, caseNumber, engine, policy, question, answer } = decision;
  if (caller.kind !== 'clerk') throw new TypeError('The decision was not made at a counter.');
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
