import { type EvaluationRequest, evaluationRequest } from '../../shared/contract/evaluation/request.ts';
import { parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { evaluateEligibility } from '../../shared/domain/policy/evaluate-eligibility.ts';
import type { PolicyHistory } from '../../shared/domain/policy/policy-history.ts';
import { findContradictions } from '../../shared/domain/resident/contradictions.ts';
import { quickTest } from '../../shared/http/quick-test.ts';

const test = quickTest(evaluationRequest)!;
const isValid = (body: unknown): body is EvaluationRequest => test(body);

/** What stands between the body of a request and that of its answer. */
export function answer(history: PolicyHistory, body: string): string {
  const sent: unknown = JSON.parse(body);
  if (!isValid(sent)) throw new Error('a generated request is not valid');
  const { asOf, resident, explain = 'full' } = sent;
  if (findContradictions(resident, asOf!).length > 0)
    throw new Error('a generated resident contradicts itself');
  return evaluateEligibility(history, resident, { asOf: parseCivilDate(asOf!)!, explain, language: 'zh-CN' });
}

/** How the text of an answer is taken. */
export const FORMS = {
  /** As a string that the runtime holds as a tree of pieces, until somebody reads it. */
  pieces: (text: string): number => text.length,
  /** As a string in one piece: the runtime copies the pieces together when a character is read. */
  one: (text: string): number => text.charCodeAt(text.length - 1),
} as const;
export type Form = keyof typeof FORMS;
