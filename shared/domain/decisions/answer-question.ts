import { parseCivilDate } from '../calendar/civil-date.ts';
import { evaluateEligibility } from '../policy/evaluate-eligibility.ts';
import { type PolicyHistory, versionInForce } from '../policy/policy-history.ts';
import { conditionsOnShownFacts } from './conditions-on-shown-facts.ts';
import type { Finding, Question } from './decision.ts';

/** The members of an answer that are added to; the others are passed on as they are. */
interface Answer {
  readonly facts: { findings: Finding[] };
  readonly services: {
    readonly code: string;
    readonly conditions?: { readonly id: string; shown?: boolean }[];
  }[];
  shownFacts?: readonly string[];
}

/**
 * The answer of the engine, with the findings of the record among its own and, where facts can be shown, a mark on
 * every condition. Added afterwards, so that the engine, which mostly answers without either, is not slowed down for it.
 *
 * @throws NoPolicyInForce, UnknownService
 */
export function answerQuestion(history: PolicyHistory, question: Question): string {
  const { services, explain, language, resident, unavailable, shown, findings } = question;
  const asOf = parseCivilDate(question.asOf)!;
  const text = evaluateEligibility(history, resident, {
    asOf,
    ...(services === null ? {} : { services }),
    explain,
    language,
    unavailable: new Set(unavailable),
  });
  if (shown === null && findings.length === 0) return text;

  const answer: Answer = JSON.parse(text);
  // The engine points into the resident it was given; where that part was shown, the caller has it in `facts`.
  answer.facts.findings = [
    ...findings,
    ...answer.facts.findings.map((own) => ({ ...own, pointer: placeOf(own.pointer, shown) })),
  ];
  if (shown !== null) {
    const isOnShown = conditionsOnShownFacts(versionInForce(history, asOf)!, resident, shown);
    for (const { code, conditions = [] } of answer.services) {
      for (const condition of conditions) condition.shown = isOnShown(code, condition.id);
    }
    answer.shownFacts = shown;
  }
  return JSON.stringify(answer);
}

function placeOf(pointer: string, shown: readonly string[] | null): string {
  const [, root, part = ''] = pointer.split('/');
  return root === 'resident' && shown?.includes(part) ? pointer.replace('/resident', '/facts') : pointer;
}
