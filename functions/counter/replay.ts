import type { DecisionReplay } from '../../shared/contract/decisions/response.ts';
import { fieldErrorDetail } from '../../shared/contract/field-errors.ts';
import type { Decision } from '../../shared/domain/decisions/decision.ts';
import { replayDecision } from '../../shared/domain/decisions/replay-decision.ts';
import { sha256Digest } from '../../shared/domain/digests/sha256-digest.ts';
import type { PolicyHistories } from '../../shared/domain/policy/policy-histories.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import type { Log } from '../../shared/observability/log.ts';
import type { Measures } from '../../shared/observability/measures.ts';

export interface ReplayDependencies {
  readonly histories: PolicyHistories;
  readonly log: Log;
  readonly measures: Measures;
}

const PLACES = { 'unknown-engine': '/engine', 'policy-version-changed': '/publishedVersions' } as const;

/**
 * Replays a decision. What does not come out as it is stored, or cannot be asked again, is logged and counted: an alarm
 * looks at the count.
 *
 * @throws RequestProblem `decision-not-replayable`, with the place in the decision of what is not to be had.
 */
export async function replay(
  decision: Decision,
  { histories, log, measures }: ReplayDependencies,
): Promise<DecisionReplay> {
  const { id: decisionId, madeAt, engine, outcome } = decision;
  const { id, version, digest } = decision.policy;
  const about = { decisionId, engine, policy: id, version, digest };
  const replayed = replayDecision(decision, await histories.history(id));
  if (replayed.result !== 'decided') {
    const code = replayed.result;
    log.write('decisionNotReplayable', { ...about, problem: code });
    measures.countDecisionFault();
    throw new RequestProblem('decision-not-replayable', {
      errors: (language) => [{ pointer: PLACES[code], code, detail: fieldErrorDetail(code, language) }],
    });
  }
  if (!replayed.identical) {
    log.write('decisionDiffers', about);
    measures.countDecisionFault();
  }
  return {
    decisionId,
    identical: replayed.identical,
    madeAt,
    engine,
    policy: { id, version, digest },
    outcome: { stored: sha256Digest(outcome), replayed: sha256Digest(replayed.outcome) },
  };
}
