import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { namesOf, placesOf } from '../../shared/observability/describe-error.ts';
import type { Log } from '../../shared/observability/log.ts';
import { readChange } from './read-change.ts';
import type { NamedTable } from './streamed-tables.ts';
import type { ChangeSubscriber, TableChange } from './table-change.ts';

export interface StreamConsumer {
  /** By the names the tables have on this platform. */
  readonly tables: ReadonlyMap<string, NamedTable>;
  /** Told one after the other, in this order. */
  readonly subscribers: readonly ChangeSubscriber[];
  readonly log: Log;
  /** Waits before a subscriber is asked again. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

export type StreamHandler = (
  event: DynamoDBStreamEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<DynamoDBBatchResponse>;

/** How many changes a subscriber is given at once: as many as the audit records in one piece. */
export const changesTogether = 50;

/** Kept back from the function's time, to say how far it came instead of being cut off. */
const timeToAnswer = 5_000;
const longestPause = 5_000;

/**
 * The handler of table streams. It answers with the first change that could not be told, and everything before that
 * one is told. A change that cannot be read is no reason to keep back those behind it: they are told as well, and told
 * again with it, so that whoever gives up on the batch in the end loses that one only.
 */
export function consumeStream(consumer: StreamConsumer): StreamHandler {
  const { tables, subscribers, log } = consumer;
  const pause = consumer.pause ?? wait;

  return async ({ Records: records }, context) => {
    const changes: TableChange[] = [];
    let failed: string | undefined;
    for (const record of records) {
      const read = readChange(record, tables);
      if ('change' in read) {
        const { kind, table, sequenceNumber } = read.change;
        if (kind === 'unknown') log.write('unknownItemKind', { table, sequenceNumber });
        changes.push(read.change);
        continue;
      }
      const sequenceNumber = record?.dynamodb?.SequenceNumber;
      log.write('unreadableChange', {
        table: read.table ?? 'unknown',
        sequenceNumber,
        places: read.places,
      });
      // Without its number it cannot be told apart from the others: an empty one means the whole batch.
      failed ??= sequenceNumber ?? '';
    }
    for (let start = 0; start < changes.length; start += changesTogether) {
      const together = changes.slice(start, start + changesTogether);
      if (await told(together, context)) continue;
      failed = earlier(failed, together[0]!.sequenceNumber);
      break;
    }
    return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
  };

  /** Whether all subscribers took the changes; those that fail in passing are asked again while there is time. */
  async function told(changes: readonly TableChange[], context: Parameters<StreamHandler>[1]) {
    for (const subscriber of subscribers) {
      for (let attempt = 0; ; attempt++) {
        try {
          await subscriber.take(changes);
          break;
        } catch (error) {
          const passing = subscriber.isPassing(error);
          const milliseconds = Math.min(longestPause, 200 * 2 ** attempt) * (0.5 + Math.random() / 2);
          if (passing && milliseconds < context.getRemainingTimeInMillis() - timeToAnswer) {
            await pause(milliseconds);
            continue;
          }
          const [{ table, sequenceNumber }] = changes as [TableChange];
          log.write('changesNotTaken', {
            table,
            sequenceNumber,
            subscriber: subscriber.name,
            errorName: namesOf(error),
            ...(passing ? {} : { stack: placesOf(error) }),
          });
          return false;
        }
      }
    }
    return true;
  }
}

/** The smaller of two sequence numbers, which have more digits than a number holds; `''` comes before all. */
function earlier(first: string | undefined, second: string): string {
  if (first === undefined) return second;
  if (first === '') return first;
  return BigInt(first) < BigInt(second) ? first : second;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
