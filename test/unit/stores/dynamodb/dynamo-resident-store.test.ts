import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import {
  ResidentContended,
  ResidentStoreUnavailable,
} from '../../../../shared/domain/register/resident-store.ts';
import { BlindIndex } from '../../../../shared/security/blind-index.ts';
import { KeyStoreUnavailable } from '../../../../shared/security/key-store.ts';
import { createDocumentClient } from '../../../../shared/stores/dynamodb/document-client.ts';
import { DynamoIndexKeys } from '../../../../shared/stores/dynamodb/dynamo-index-keys.ts';
import { DynamoResidentStore } from '../../../../shared/stores/dynamodb/dynamo-resident-store.ts';
import { withFullJitter } from '../../../../shared/stores/dynamodb/full-jitter.ts';
import { sampleDocument } from '../../../support/register.ts';
import { eventOn } from '../../register/events.ts';
import { memoryKeyStore } from '../../security/memory-key-store.ts';

const document = sampleDocument(1);
const event = eventOn('2024-01-01', { type: 'permit.endorsed' });
const none: CancellationReason = { Code: 'None' };
const failed: CancellationReason = { Code: 'ConditionalCheckFailed' };
const conflict: CancellationReason = { Code: 'TransactionConflict' };

async function mocked(keyStore = memoryKeyStore() as ReturnType<typeof memoryKeyStore>) {
  const client = createDocumentClient({ region: 'local' });
  const { key } = await memoryKeyStore().generateDataKey({});
  const index = new BlindIndex([{ version: 'v1', key }]);
  const source = { open: async () => index, openOrCreate: async () => index };
  const pauses: number[] = [];
  const store = new DynamoResidentStore(client, 'residents', keyStore, source, {
    attempts: 4,
    random: () => 0.5,
    pause: async (milliseconds) => pauses.push(milliseconds),
  });
  const mock = mockClient(client);
  mock.on(GetCommand).resolves({});
  return { mock, store, pauses, client };
}

function named(name: string): Error {
  return Object.assign(new Error('10.0.0.1 said no'), { name });
}

function cancelled(...CancellationReasons: CancellationReason[]) {
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
}

describe('storing events when DynamoDB refuses', () => {
  // The record, the item of the key, the event.
  it.each([
    ['another writer was first', cancelled(failed, none, none)],
    ['another transaction is under way', cancelled(conflict, none, none)],
    ['another transaction writes the event', cancelled(none, none, conflict)],
    ['a try of the same call is still at it', named('TransactionInProgressException')],
  ])('reads again and tries again, with growing pauses, when %s', async (_, error) => {
    const { mock, store, pauses } = await mocked();
    mock.on(TransactWriteCommand).rejectsOnce(error).rejectsOnce(error).resolves({});
    await expect(store.append(document, [event])).resolves.toEqual(['applied']);
    expect(mock.commandCalls(GetCommand)).toHaveLength(3);
    expect(pauses).toEqual([10, 20]);
    const tokens = mock
      .commandCalls(TransactWriteCommand)
      .map(({ args }) => args[0].input.ClientRequestToken);
    expect(new Set(tokens).size).toBe(3);
  });

  it('gives up in the end', async () => {
    const { mock, store, pauses } = await mocked();
    mock.on(TransactWriteCommand).rejects(cancelled(failed, none, none));
    await expect(store.append(document, [event])).rejects.toThrow(ResidentContended);
    expect(mock.commandCalls(TransactWriteCommand)).toHaveLength(4);
    expect(pauses).toHaveLength(3);
  });

  it('calls the event a duplicate that stands there, and writes nothing more', async () => {
    const { mock, store } = await mocked();
    mock.on(TransactWriteCommand).rejects(cancelled(none, none, failed));
    await expect(store.append(document, [event])).resolves.toEqual(['duplicate']);
    expect(mock.commandCalls(TransactWriteCommand)).toHaveLength(1);
  });

  it.each([
    ['throttling inside the transaction', cancelled(none, { Code: 'ThrottlingError' }, none)],
    ['a transaction cancelled for no reason', cancelled(none, none, none)],
    ['throttling', named('ThrottlingException')],
    ['no answer in time', named('TimeoutError')],
    ['the deadline', named('AbortError')],
    ['a table that is not there', named('ResourceNotFoundException')],
  ])('is unavailable on %s', async (_, error) => {
    const { mock, store } = await mocked();
    mock.on(TransactWriteCommand).rejects(error);
    const outcome = store.append(document, [event]);
    await expect(outcome).rejects.toThrow(ResidentStoreUnavailable);
    await expect(outcome).rejects.toMatchObject({ cause: error });
  });

  it('has a condition on every write', async () => {
    const { mock, store } = await mocked();
    mock.on(TransactWriteCommand).resolves({});
    await store.append(document, [event]);
    const { TransactItems = [] } = mock.commandCalls(TransactWriteCommand)[0]!.args[0].input;
    expect(TransactItems.map(({ Put }) => Put?.ConditionExpression)).toEqual(
      Array(3).fill('attribute_not_exists(pk)'),
    );
  });
});

describe('reading when something fails', () => {
  it('is unavailable, and its message repeats nothing of the cause but its name', async () => {
    const { mock, store } = await mocked();
    mock.on(GetCommand).rejects(named('TimeoutError'));
    for (const read of [store.find(document), store.wrappedKeyOf('rs_1'), store.append(document, [event])]) {
      await expect(read).rejects.toThrow(
        new ResidentStoreUnavailable('The resident store did not answer: TimeoutError.'),
      );
    }
  });

  it('is unavailable while the key store is', async () => {
    const down = () => Promise.reject(new KeyStoreUnavailable('down'));
    const keyStore = { ...memoryKeyStore(), generateDataKey: down, unwrap: down };
    const { mock, store, client } = await mocked(keyStore);
    await expect(store.append(document, [event])).rejects.toThrow(ResidentStoreUnavailable);
    mock.on(QueryCommand).resolves({});
    const keys = new DynamoIndexKeys(client, 'residents', keyStore);
    await expect(keys.openOrCreate()).rejects.toThrow(ResidentStoreUnavailable);
  });

  it('reads consistently, so that what was stored is seen', async () => {
    const { mock, store, client } = await mocked();
    mock.on(QueryCommand).resolves({});
    await store.find(document);
    await store.wrappedKeyOf('rs_1');
    await new DynamoIndexKeys(client, 'residents', memoryKeyStore()).open();
    const inputs = [...mock.commandCalls(GetCommand), ...mock.commandCalls(QueryCommand)].map(
      (call) => (call.args[0].input as { ConsistentRead?: boolean }).ConsistentRead,
    );
    expect(inputs).toEqual([true, true, true]);
  });

  it('knows nobody where no key of the index was ever made', async () => {
    const { mock, client } = await mocked();
    mock.on(QueryCommand).resolves({});
    const keyStore = memoryKeyStore();
    const index = new DynamoIndexKeys(client, 'residents', keyStore);
    const store = new DynamoResidentStore(client, 'residents', keyStore, index);
    await expect(store.find(document)).resolves.toBeNull();
    await expect(store.find(document)).resolves.toBeNull();
    // What is not there yet is not remembered.
    expect(mock.commandCalls(QueryCommand)).toHaveLength(2);
    expect(mock.commandCalls(GetCommand)).toHaveLength(0);
  });
});

describe('full jitter', () => {
  it('pauses anywhere from 0 to a bound that doubles up to a third of a second', async () => {
    const boundOf = async (drawn: number) => {
      const pauses: number[] = [];
      const options = {
        attempts: 9,
        random: () => drawn,
        pause: async (milliseconds: number) => pauses.push(milliseconds),
      };
      await expect(
        withFullJitter(
          options,
          async () => null,
          () => new ResidentContended(),
        ),
      ).rejects.toThrow();
      return pauses;
    };
    expect(await boundOf(0)).toEqual(Array(8).fill(0));
    expect(await boundOf(1)).toEqual([20, 40, 80, 160, 320, 320, 320, 320]);
  });
});
