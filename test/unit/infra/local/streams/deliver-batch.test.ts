import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { deliverBatch } from '../../../../../infra/local/streams/deliver-batch.ts';
import { changeRecord } from '../../../../support/stream-records.ts';

const batch = (size: number) => Array.from({ length: size }, (_, index) => changeRecord(index + 1));
const numbers = (records: readonly DynamoDBRecord[]) =>
  records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber));
const failed = (itemIdentifier: string): DynamoDBBatchResponse => ({
  batchItemFailures: [{ itemIdentifier }],
});

async function delivering(
  size: number,
  respond: (records: number[], call: number) => DynamoDBBatchResponse,
  retries = 2,
) {
  const calls: number[][] = [];
  const settled: number[] = [];
  const dead: number[][] = [];
  const pauses: number[] = [];
  await deliverBatch(batch(size), {
    retries,
    async invoke(records) {
      calls.push(numbers(records));
      return respond(numbers(records), calls.length);
    },
    settled: (number) => settled.push(Number(number)),
    gaveUp: (records) => dead.push(numbers(records)),
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
    },
  });
  return { calls, settled, dead, pauses };
}

describe('delivering a batch', () => {
  it('that succeeds is one call, and all of it is done with', async () => {
    const { calls, settled, dead } = await delivering(5, () => ({ batchItemFailures: [] }));
    expect([calls, settled, dead]).toEqual([[[1, 2, 3, 4, 5]], [5], []]);
  });

  it('that fails in the middle is done with up to there, and goes on from there', async () => {
    const { calls, settled } = await delivering(5, (_, call) =>
      call === 1 ? failed('4') : { batchItemFailures: [] },
    );
    expect([calls, settled]).toEqual([
      [
        [1, 2, 3, 4, 5],
        [4, 5],
      ],
      [3, 5],
    ]);
  });

  it('takes the lowest of several failures', async () => {
    const { settled } = await delivering(5, (_, call) =>
      call === 1
        ? { batchItemFailures: [{ itemIdentifier: '4' }, { itemIdentifier: '2' }] }
        : { batchItemFailures: [] },
    );
    expect(settled[0]).toBe(1);
  });

  it.each([
    ['an empty identifier', () => failed('')],
    ['an identifier of another batch', () => failed('99')],
    [
      'an exception',
      () => {
        throw new Error('crashed');
      },
    ],
  ])('counts %s as the failure of all of it', async (_, respond) => {
    const { calls, settled } = await delivering(2, (_records, call) =>
      call === 1 ? respond() : { batchItemFailures: [] },
    );
    expect([calls, settled]).toEqual([
      [[1, 2], [1], [2]],
      [1, 2],
    ]);
  });

  it('halves what fails until one record stands alone, tries that one again with longer pauses, and gives up on it only', async () => {
    const { settled, dead, pauses } = await delivering(8, (records) =>
      records.includes(6) ? failed(String(records[0])) : { batchItemFailures: [] },
    );
    expect(dead).toEqual([[6]]);
    expect(settled.at(-1)).toBe(8);
    expect(settled).toEqual([...settled].sort((a, b) => a - b));
    expect(pauses).toHaveLength(2);
    expect(pauses[1]).toBeGreaterThan(pauses[0]!);
  });
});
