import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';

export interface BatchDelivery {
  /** Runs the function on a batch. */
  invoke(records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse>;
  /** Told when everything up to a record needs no more delivery. */
  settled(sequenceNumber: string): void;
  /** Told of records that are given up on. */
  gaveUp(records: readonly DynamoDBRecord[]): void;
  /** Waits before the next try; rejects when it is not to be tried again. */
  pause(milliseconds: number): Promise<void>;
  /** How often a batch is tried again. */
  readonly retries: number;
}

const firstPause = 100;
const longestPause = 2_000;

/**
 * Delivers a batch as Lambda's event source mapping does with `ReportBatchItemFailures` and bisection: what lies before
 * the first failure is done with; the rest is halved until one record stands alone; that one is tried again as often as
 * is allowed and then given up on. Resolves when every record was delivered or given up on.
 */
export async function deliverBatch(
  records: readonly DynamoDBRecord[],
  delivery: BatchDelivery,
): Promise<void> {
  let open = records;
  for (let tries = 0; open.length > 0; ) {
    const failed = await firstFailure(open, delivery);
    if (failed !== 0) {
      delivery.settled(sequenceNumber(open[failed - 1]!));
      open = open.slice(failed);
      tries = 0;
      continue;
    }
    if (open.length > 1) {
      const middle = Math.ceil(open.length / 2);
      await deliverBatch(open.slice(0, middle), delivery);
      open = open.slice(middle);
      continue;
    }
    if (tries++ === delivery.retries) {
      delivery.gaveUp(open);
      delivery.settled(sequenceNumber(open[0]!));
      return;
    }
    await delivery.pause(Math.min(longestPause, firstPause * 2 ** tries));
  }
}

/** The index of the first record that failed; their number, when none did. */
async function firstFailure(records: readonly DynamoDBRecord[], delivery: BatchDelivery): Promise<number> {
  let response: DynamoDBBatchResponse;
  try {
    response = await delivery.invoke(records);
  } catch {
    return 0;
  }
  const failures = (response?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex((record) => sequenceNumber(record) === itemIdentifier),
  );
  if (failures.length === 0) return records.length;
  // An identifier that is none of the batch's means the whole batch.
  return Math.max(0, Math.min(...failures));
}

function sequenceNumber(record: DynamoDBRecord): string {
  return record.dynamodb?.SequenceNumber ?? '';
}
