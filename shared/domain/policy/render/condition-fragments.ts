import type {
  CompiledCondition,
  CompiledPolicy,
  CompiledRoute,
  CompiledService,
} from '../compiled-policy.ts';
import { CONDITION_OUTCOMES, REASONS } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import type { ActualWords } from './actual-words.ts';
import { citedSource } from './cited-source.ts';
import { insideJson, onePiece, openObject } from './json-text.ts';
import { stepForReason } from './step-texts.ts';

/** A condition as one route of a service asks for it: all that can be said before a person is known. */
export interface ConditionFragments {
  readonly condition: CompiledCondition;
  /** By outcome byte: from `{` up to the value of `actual`. */
  readonly head: readonly string[];
  /** From after the value of `actual` to `}`. */
  readonly tail: string;
  readonly words: ActualWords;
  readonly remedy: string | null;
  /** By outcome byte: what to ask or wait for, where it is unknown for another reason than a missing fact. */
  readonly reasonSteps: readonly string[];
}

export function conditionFragments(
  policy: CompiledPolicy,
  service: CompiledService,
  route: CompiledRoute,
  condition: CompiledCondition,
  language: Language,
  words: (condition: CompiledCondition) => ActualWords,
): ConditionFragments {
  const required = condition.definition.text[language];
  const remedy = condition.definition.remedy?.[language];
  const authority = service.definition.authority[language];
  const source = JSON.stringify(citedSource(policy, condition.citation, language));
  return {
    condition,
    head: CONDITION_OUTCOMES.map((outcome, byte) =>
      onePiece(
        openObject({ id: condition.id, route: route.id, outcome, because: REASONS[byte], required }),
        ',"actual":',
      ),
    ),
    tail: onePiece(',"source":', source, '}'),
    words: words(condition),
    remedy: remedy === undefined ? null : insideJson(remedy),
    reasonSteps: CONDITION_OUTCOMES.map((_outcome, byte) =>
      insideJson(stepForReason(byte, required, authority, language)),
    ),
  };
}
