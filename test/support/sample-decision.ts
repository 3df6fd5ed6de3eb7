import { parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { answerQuestion } from '../../shared/domain/decisions/answer-question.ts';
import type { Decision, Question } from '../../shared/domain/decisions/decision.ts';
import { requestFingerprint } from '../../shared/domain/decisions/decision-id.ts';
import { decisionPolicy } from '../../shared/domain/decisions/decision-policy.ts';
import { compilePolicy } from '../../shared/domain/policy/compile.ts';
import { ENGINE_VERSION } from '../../shared/domain/policy/engine-version.ts';
import {
  type PolicyHistory,
  policyHistory,
  versionInForce,
} from '../../shared/domain/policy/policy-history.ts';
import { cityPack } from './city-pack.ts';

export const city: PolicyHistory = policyHistory('city', [compilePolicy(cityPack())]);

export const sampleQuestion: Question = {
  asOf: '2024-06-01',
  services: null,
  explain: 'full',
  language: 'en',
  resident: { permit: { status: 'valid' }, household: { annualIncome: 87_654 } },
  unavailable: [],
  shown: ['household.annualIncome'],
  findings: [],
};

/** A decision as a counter makes one, under the policy of a made-up city. */
export function sampleDecision(
  id: string,
  question: Question = sampleQuestion,
  history: PolicyHistory = city,
): Decision {
  const version = versionInForce(history, parseCivilDate(question.asOf)!)!;
  const outcome = answerQuestion(history, question);
  return {
    schemaVersion: 1,
    id,
    madeAt: '2024-06-01T04:00:00.000Z',
    engine: ENGINE_VERSION,
    policy: decisionPolicy(history, version),
    question,
    outcome,
    answer: `{"checkId":"${id}",${outcome.slice(1)}`,
    caller: { kind: 'clerk', subject: 'clerk-7', district: '510107', post: 'window-3' },
    purpose: 'application',
    caseNumber: 'A-1',
    fingerprint: requestFingerprint({ question: 1 }),
  };
}
