import type { Log } from '../observability/log.ts';
import type { Measures } from '../observability/measures.ts';
import type { Exchange, Step } from './exchange.ts';

/**
 * Logs and measures every request once its answer is made. Outermost, so that it sees the answer that is sent.
 *
 * @param now milliseconds of a clock that never goes back.
 */
export function observe(log: Log, measures: Measures, now: () => number = () => performance.now()): Step {
  const finish = (exchange: Exchange, status: number | undefined) => {
    const durationMs = Math.round((now() - exchange.startedAt) * 1_000) / 1_000;
    const operationId = exchange.route?.operationId;
    if (operationId !== undefined) measures.recordDuration(operationId, durationMs);
    log.write('requestCompleted', { operationId, status, durationMs, problem: exchange.problem });
    measures.publish();
  };
  return {
    before: ({ internal }) => {
      internal.startedAt = now();
    },
    after: ({ internal, response }) => finish(internal, response?.statusCode),
    onError: ({ internal, response }) => finish(internal, response?.statusCode),
  };
}
