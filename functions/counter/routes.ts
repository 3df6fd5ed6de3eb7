import type { Decision } from '../../shared/domain/decisions/decision.ts';
import { DecisionCorrupted, type DecisionStore } from '../../shared/domain/decisions/decision-store.ts';
import type { OperationInput, Operations } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { accessEntry } from '../access-entry.ts';
import { type CheckDependencies, createCheck } from './create-check.ts';
import { mayReplay, mayReview } from './may-review.ts';
import { renderDecision } from './render-decision.ts';
import { type ReplayDependencies, replay } from './replay.ts';
import { concludeReview, listOpenReviews, type ReviewDependencies, takeReview } from './reviews.ts';

export interface CounterDependencies extends CheckDependencies, ReplayDependencies, ReviewDependencies {
  readonly decisions: Pick<DecisionStore, 'keep' | 'read'>;
}

/** Checks at a counter, and the decisions they are kept as. */
export function counterOperations(dependencies: CounterDependencies): Operations<'counter'> {
  const { decisions, audit, log, measures } = dependencies;
  /** A decision that was tampered with is told to operators, whoever came upon it. */
  const noticing = <Result>(result: Promise<Result>): Promise<Result> =>
    result.catch((error: unknown) => {
      if (!(error instanceof DecisionCorrupted)) throw error;
      const cause = error.cause instanceof Error ? error.cause.name : undefined;
      log.write('decisionCorrupted', { decisionId: error.decisionId, errorName: cause });
      measures.countDecisionFault();
      throw new RequestProblem('internal-error', {}, { cause: error });
    });
  /** A decision of the clerk's own district, once the look at it is in the audit; others look like unknown ones. */
  const look = async (
    { operationId, path, caller }: DecisionInput,
    mayLook: typeof mayReview,
  ): Promise<Decision> => {
    const found = await noticing(decisions.read(path.id));
    if (found === null || !mayLook(caller, found.decision)) {
      throw new RequestProblem('decision-not-found');
    }
    const { decision, residentId } = found;
    const { id: decisionId, caseNumber, question } = decision;
    const { services } = question;
    const entry = { operation: operationId, residentId, purpose: 'review', caseNumber, services, decisionId };
    await audit.record([accessEntry(caller, entry, dependencies)]);
    return decision;
  };
  return {
    createCounterCheck: (input) => noticing(createCheck(input, dependencies)),
    getDecision: async (input) => {
      const body = renderDecision(await look(input, mayReview));
      if (body === null) throw new RequestProblem('decision-not-found');
      return { body };
    },
    replayDecision: async (input) => ({ body: await replay(await look(input, mayReplay), dependencies) }),
    listOpenReviews: ({ caller }) => listOpenReviews(caller, dependencies),
    takeReview: (input) => takeReview(input, dependencies),
    concludeReview: (input) => noticing(concludeReview(input, dependencies)),
  };
}

type DecisionInput = OperationInput<'getDecision'> | OperationInput<'replayDecision'>;
