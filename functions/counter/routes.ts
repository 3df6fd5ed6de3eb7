import type { Decision } from '../../shared/domain/decisions/decision.ts';
import { DecisionCorrupted, type DecisionStore } from '../../shared/domain/decisions/decision-store.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { type CheckDependencies, createCheck } from './create-check.ts';
import { renderDecision } from './render-decision.ts';
import { type ReplayDependencies, replay } from './replay.ts';

export interface CounterDependencies extends CheckDependencies, ReplayDependencies {
  readonly decisions: DecisionStore;
}

/** Checks at a counter, and the decisions they are kept as. */
export function counterOperations(dependencies: CounterDependencies): Operations<'counter'> {
  const { decisions, log, measures } = dependencies;
  /** A decision that was tampered with is told to operators, whoever came upon it. */
  const noticing = <Result>(result: Promise<Result>): Promise<Result> =>
    result.catch((error: unknown) => {
      if (!(error instanceof DecisionCorrupted)) throw error;
      const cause = error.cause instanceof Error ? error.cause.name : undefined;
      log.write('decisionCorrupted', { decisionId: error.decisionId, errorName: cause });
      measures.countDecisionFault();
      throw new RequestProblem('internal-error', {}, { cause: error });
    });
  const read = async (id: string): Promise<Decision> => {
    const decision = await decisions.read(id);
    if (decision === null) throw new RequestProblem('decision-not-found');
    return decision;
  };
  return {
    createCounterCheck: (input) => noticing(createCheck(input, dependencies)),
    getDecision: async ({ path }) => {
      const body = renderDecision(await noticing(read(path.id)));
      if (body === null) throw new RequestProblem('decision-not-found');
      return { body };
    },
    replayDecision: async ({ path }) => ({ body: await replay(await noticing(read(path.id)), dependencies) }),
  };
}
