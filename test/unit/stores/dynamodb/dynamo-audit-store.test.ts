import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { AuditEntryCorrupted, AuditStoreUnavailable } from '../../../../shared/domain/audit/audit-store.ts';
import { createDocumentClient } from '../../../../shared/stores/dynamodb/document-client.ts';
import { DynamoAuditStore } from '../../../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { changeEntry } from '../../../support/audit-entries.ts';
import { collect } from '../../../support/collect.ts';

const none: CancellationReason = { Code: 'None' };
const failed: CancellationReason = { Code: 'ConditionalCheckFailed' };
const conflict: CancellationReason = { Code: 'TransactionConflict' };
const period = { since: '2024-06-01T00:00:00Z', until: '2024-06-01T01:00:00Z' };

function mocked() {
  const client = createDocumentClient({ region: 'local' });
  const pauses: number[] = [];
  const store = new DynamoAuditStore(client, 'audit', {
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
    },
  });
  return { mock: mockClient(client), store, pauses };
}

function cancelled(CancellationReasons?: CancellationReason[]) {
  return new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    ...(CancellationReasons && { CancellationReasons }),
  });
}

describe('recording', () => {
  it('adds on condition that nothing is there, and asks what was', async () => {
    const { mock, store } = mocked();
    await store.record([changeEntry(1)]);
    const [call] = mock.commandCalls(TransactWriteCommand);
    for (const { Put } of call?.args[0].input.TransactItems ?? []) {
      expect(Put).toMatchObject({
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
    }
    expect(call?.args[0].input.TransactItems).toHaveLength(2);
  });

  it('stores fifty in one piece, as many as a transaction takes', async () => {
    const { mock, store } = mocked();
    await store.record(Array.from({ length: 51 }, (_, number) => changeEntry(number)));
    const sizes = mock
      .commandCalls(TransactWriteCommand)
      .map(({ args }) => args[0].input.TransactItems?.length);
    expect(sizes).toEqual([100, 2]);
  });

  it('leaves out what is there and stores the rest', async () => {
    const { mock, store } = mocked();
    mock
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled([none, none, failed, none, none, none]))
      .resolves({});
    await expect(store.record([1, 2, 3].map((number) => changeEntry(number)))).resolves.toEqual([
      'recorded',
      'present',
      'recorded',
    ]);
    expect(mock.commandCalls(TransactWriteCommand)[1]?.args[0].input.TransactItems).toHaveLength(4);
  });

  it('waits for another writer of the same entries, longer each time, but not for ever', async () => {
    const { mock, store, pauses } = mocked();
    mock.on(TransactWriteCommand).rejects(cancelled([conflict, none]));
    await expect(store.record([changeEntry(1)])).rejects.toThrow(AuditStoreUnavailable);
    expect(pauses).toHaveLength(4);
  });

  it.each([
    ['a throttled transaction', cancelled([none, { Code: 'ThrottlingError' }])],
    ['a transaction cancelled without reasons', cancelled()],
    ['no answer in time', Object.assign(new Error('10.0.0.1 said no'), { name: 'TimeoutError' })],
  ])('is unavailable by %s, and says no more than its name', async (_, error) => {
    const { mock, store } = mocked();
    mock.on(TransactWriteCommand).rejects(error);
    const thrown = await store.record([changeEntry(1)]).catch((reason: unknown) => reason as Error);
    expect(thrown).toBeInstanceOf(AuditStoreUnavailable);
    expect((thrown as Error).message).toBe(`The audit store did not answer: ${error.name}.`);
  });

  it('refuses an entry with a value that has no room in it, before anything is sent', async () => {
    const { mock, store } = mocked();
    const wider = { ...changeEntry(1), payload: 'canary' };
    await expect(store.record([wider])).rejects.toThrow();
    expect(mock.calls()).toHaveLength(0);
  });
});

describe('listing', () => {
  it('goes on where a page of a shard ended', async () => {
    const { mock, store } = mocked();
    mock
      .on(QueryCommand)
      .resolvesOnce({ LastEvaluatedKey: { pk: 'a', sk: 'b' } })
      .resolves({});
    expect(await collect(store.list(period))).toEqual([]);
    const starts = mock.commandCalls(QueryCommand).map(({ args }) => args[0].input.ExclusiveStartKey);
    expect(starts.filter((key) => key !== undefined)).toEqual([{ pk: 'a', sk: 'b' }]);
    for (const { args } of mock.commandCalls(QueryCommand)) expect(args[0].input.ConsistentRead).toBe(true);
  });

  it('asks nothing for a period that is over before it begins', async () => {
    const { mock, store } = mocked();
    expect(await collect(store.list({ since: period.until, until: period.since }))).toEqual([]);
    expect(mock.calls()).toHaveLength(0);
  });

  it('names the place of what is no entry, and not what it holds', async () => {
    const { mock, store } = mocked();
    mock.on(QueryCommand).resolves({ Items: [{ pk: 'ENTRIES#x', sk: 'y', name: 'canary' }] });
    const error = await collect(store.list(period)).catch((reason: unknown) => reason as Error);
    expect(error).toBeInstanceOf(AuditEntryCorrupted);
    expect((error as Error).message).toContain('ENTRIES#x y');
    expect((error as Error).message).not.toContain('canary');
  });

  it('is unavailable when DynamoDB is', async () => {
    const { mock, store } = mocked();
    mock.on(QueryCommand).rejects(new Error('no'));
    await expect(collect(store.list(period))).rejects.toThrow(AuditStoreUnavailable);
  });
});
