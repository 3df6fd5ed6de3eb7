import { ENGINE_VERSION } from '../policy/engine-version.ts';
import type { PolicyHistory } from '../policy/policy-history.ts';
import { answerQuestion } from './answer-question.ts';
import type { Question } from './decision.ts';

/**
 * Answers a question under the versions of a policy, as the JSON text of an answer. Pure. An engine whose
 * compiled form of a pack was another one compiles the packs anew: they are in the history.
 *
 * @throws NoPolicyInForce, UnknownService
 */
export type Engine = (history: PolicyHistory, question: Question) => string;

/**
 * The engines that can be called, by version. Whoever changes what an answer says, to the byte, raises
 * `ENGINE_VERSION` and keeps the engine before it here, with its code, while decisions of it are kept
 * (docs/adr/0007-decisions.md).
 */
const engines: Readonly<Record<string, Engine>> = {
  [ENGINE_VERSION]: answerQuestion,
};

/** The engine of a version; null for one that is not to be had. */
export function engineOf(version: string): Engine | null {
  return Object.hasOwn(engines, version) ? engines[version]! : null;
}
