import { parseCivilDate } from '../calendar/civil-date.ts';
import { type PolicyHistory, policyHistory, versionInForce } from '../policy/policy-history.ts';
import type { Decision } from './decision.ts';
import { engineOf } from './engines.ts';

/**
 * - `decided`: the engine of then was asked again, under the versions of then.
 * - `unknown-engine`: that engine is not to be had.
 * - `policy-version-changed`: a version of then is not there, or is not what it was.
 */
export type Replay =
  | { readonly result: 'decided'; readonly identical: boolean; readonly outcome: string }
  | { readonly result: 'unknown-engine' | 'policy-version-changed' };

/**
 * Decides again as it was decided then, and compares bytes. Nothing takes the place of what is missing.
 *
 * @param published the policy as it is published now; null when it is not. Versions are only ever added, so those of
 * then are among them.
 */
export function replayDecision(decision: Decision, published: PolicyHistory | null): Replay {
  const engine = engineOf(decision.engine);
  if (engine === null) return { result: 'unknown-engine' };
  const history = historyOfThen(decision, published);
  if (history === null) return { result: 'policy-version-changed' };
  const outcome = engine(history, decision.question);
  return { result: 'decided', identical: outcome === decision.outcome, outcome };
}

function historyOfThen(
  { policy, question }: Decision,
  published: PolicyHistory | null,
): PolicyHistory | null {
  const known = new Map(published?.versions.map((version) => [version.digest, version]));
  const versions = policy.published.map(({ version, digest }) => {
    const found = known.get(digest);
    return found?.pack.version === version ? found : undefined;
  });
  if (!versions.every((version) => version !== undefined)) return null;
  const history = policyHistory(policy.id, versions);
  return versionInForce(history, parseCivilDate(question.asOf)!)?.digest === policy.digest ? history : null;
}
