import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { namesOf } from '../../shared/observability/describe-error.ts';
import { readOrders } from './dropped-file.ts';
import { type ImportDependencies, importFile } from './import-file.ts';

/** Kept back from the function's time: a step, the report and the word where to go on. */
const TIME_TO_FINISH = 90_000;

/**
 * Carries out what the bucket's messages ask for. A message that failed is reported by itself, delivered again, and after
 * some tries laid among the dead letters; the others are done.
 */
export function importMessages(dependencies: ImportDependencies) {
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const isTimeUp = () => context.getRemainingTimeInMillis() < TIME_TO_FINISH;
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { messageId, body } of event.Records) {
      try {
        for (const order of readOrders(body)) await importFile(order, dependencies, isTimeUp);
      } catch (error) {
        dependencies.log.write('fileNotImported', {
          errorName: namesOf(error),
        });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
}
