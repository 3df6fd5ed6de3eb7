import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import {
  DecisionCorrupted,
  DecisionStoreUnavailable,
} from '../../../../shared/domain/decisions/decision-store.ts';
import { ResidentStoreUnavailable } from '../../../../shared/domain/register/resident-store.ts';
import { residentKeyContext } from '../../../../shared/security/envelope.ts';
import { type KeyStore, KeyStoreUnavailable, KeyUnreadable } from '../../../../shared/security/key-store.ts';
import { createDocumentClient } from '../../../../shared/stores/dynamodb/document-client.ts';
import { DynamoDecisionStore } from '../../../../shared/stores/dynamodb/dynamo-decision-store.ts';
import { lookEntry } from '../../../support/audit-entries.ts';
import { sampleDecision } from '../../../support/sample-decision.ts';
import { memoryKeyStore } from '../../security/memory-key-store.ts';

const id = `dc_${'a'.repeat(32)}`;
const residentId = `rs_${'b'.repeat(22)}`;
const decision = sampleDecision(id);

async function mocked(keyStore: KeyStore = memoryKeyStore()) {
  const client = createDocumentClient({ region: 'local' });
  const { wrapped } = await memoryKeyStore().generateDataKey(residentKeyContext(residentId));
  const keys = { wrappedKeyOf: async (): Promise<Uint8Array | null> => wrapped };
  const store = new DynamoDecisionStore(client, { decisions: 'decisions', audit: 'audit' }, keyStore, keys);
  return { mock: mockClient(client), store, keys };
}

function named(name: string): Error {
  return Object.assign(new Error('10.0.0.1 said no'), { name });
}

const canceled = (...CancellationReasons: CancellationReason[]) =>
  new TransactionCanceledException({ message: 'no', $metadata: {}, CancellationReasons });
const refused = canceled({ Code: 'ConditionalCheckFailed' }, { Code: 'None' }, { Code: 'None' });

/** What the one transaction puts. */
function putsOf(mock: Awaited<ReturnType<typeof mocked>>['mock']) {
  return mock.commandCalls(TransactWriteCommand)[0]!.args[0].input.TransactItems!.map(({ Put }) => Put!);
}

/** What a decision about somebody unknown is written as. */
async function writtenItem(changes: Partial<typeof decision> = {}) {
  const { mock, store } = await mocked();
  mock.on(TransactWriteCommand).resolves({});
  await store.keep({ ...decision, ...changes }, null, lookEntry(1));
  return putsOf(mock)[0]!.Item!;
}

describe('a decision that is kept', () => {
  it.each([
    ['2024-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2025-03-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ])('when made at %s is there until three years later, and not much longer', async (madeAt, until) => {
    const { expiresAt } = await writtenItem({ madeAt });
    const end = Date.parse(until) / 1_000;
    expect(expiresAt).toBeGreaterThanOrEqual(end);
    expect(expiresAt).toBeLessThan(end + 7 * 86_400);
  });
});

describe('whether a decision stands', () => {
  it('is told without what it says, and not guessed when there is no answer', async () => {
    const { mock, store } = await mocked();
    mock
      .on(GetCommand)
      .resolvesOnce({ Item: { pk: `DECISION#${id}` } })
      .resolvesOnce({});
    expect([await store.stands(id), await store.stands(id)]).toEqual([true, false]);
    expect(mock.commandCalls(GetCommand)[0]!.args[0].input).toMatchObject({
      ConsistentRead: true,
      ProjectionExpression: 'pk',
    });
    mock.on(GetCommand).rejects(named('TimeoutError'));
    await expect(store.stands(id)).rejects.toThrow(DecisionStoreUnavailable);
  });
});

describe('keeping a decision when DynamoDB refuses', () => {
  it.each([
    ['throttling', named('ThrottlingException')],
    ['no answer in time', named('TimeoutError')],
    ['the deadline', named('AbortError')],
    ['a table that is not there', named('ResourceNotFoundException')],
    ['a failed condition that does not say what stands there', refused],
  ])('is unavailable on %s, and repeats nothing but its name', async (_, error) => {
    const { mock, store } = await mocked();
    mock.on(TransactWriteCommand).rejects(error);
    const kept = store.keep(decision, null, lookEntry(1));
    await expect(kept).rejects.toThrow(
      new DecisionStoreUnavailable(`The decision store did not answer: ${error.name}.`),
    );
    await expect(kept).rejects.toMatchObject({ cause: error });
  });

  it('asks for what stands there, and reads nothing before', async () => {
    const { mock, store } = await mocked();
    mock.on(TransactWriteCommand).resolves({});
    await expect(store.keep(decision, null, lookEntry(1))).resolves.toEqual({ outcome: 'kept', decision });
    expect(mock.calls()).toHaveLength(1);
    expect(putsOf(mock)[0]).toMatchObject({
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  it('writes the entry of the look beside it, each on condition that it replaces nothing', async () => {
    const { mock, store } = await mocked();
    mock.on(TransactWriteCommand).resolves({});
    await store.keep(decision, null, lookEntry(1));
    const puts = putsOf(mock);
    expect(puts.map(({ TableName, Item }) => [TableName, Item?.type])).toEqual([
      ['decisions', 'decision'],
      ['audit', 'audit-place'],
      ['audit', 'audit-entry'],
    ]);
    expect(puts[2]!.Item!.entry).toEqual(lookEntry(1));
    for (const put of puts) expect(put.ConditionExpression).toBe('attribute_not_exists(pk)');
  });

  it('tries again while another request of the same id is on its way', async () => {
    const { mock, store } = await mocked();
    mock
      .on(TransactWriteCommand)
      .rejectsOnce(canceled({ Code: 'TransactionConflict' }))
      .resolves({});
    await expect(store.keep(decision, null, lookEntry(1))).resolves.toMatchObject({ outcome: 'kept' });
    expect(mock.commandCalls(TransactWriteCommand)).toHaveLength(2);
  });

  it('takes its own write for kept, when the answer was lost and the client sent it again', async () => {
    const { mock, store } = await mocked();
    mock.on(TransactWriteCommand).callsFake(({ TransactItems }) => {
      const { Item } = TransactItems[0].Put;
      const raw = Object.fromEntries(
        Object.entries(Item).map(([name, value]) => [
          name,
          typeof value === 'string'
            ? { S: value }
            : typeof value === 'number'
              ? { N: `${value}` }
              : { B: value },
        ]),
      );
      throw canceled({ Code: 'ConditionalCheckFailed', Item: raw as never });
    });
    await expect(store.keep(decision, null, lookEntry(1))).resolves.toEqual({ outcome: 'kept', decision });
  });

  it.each([
    ['generate', new KeyStoreUnavailable('no'), DecisionStoreUnavailable, null],
    ['unwrap', new KeyStoreUnavailable('no'), DecisionStoreUnavailable, residentId],
    ['unwrap', new KeyUnreadable(), DecisionCorrupted, residentId],
  ] as const)('writes nothing when the key store cannot %s: %s', async (_, error, expected, resident) => {
    const fail = async () => {
      throw error;
    };
    const { mock, store, keys } = await mocked({ generateDataKey: fail, unwrap: fail });
    const wrappedKey = (await keys.wrappedKeyOf())!;
    const subject = resident === null ? null : { residentId: resident, wrappedKey };
    await expect(store.keep(decision, subject, lookEntry(1))).rejects.toThrow(expected);
    expect(mock.calls()).toHaveLength(0);
  });
});

describe('reading a decision when something fails', () => {
  it.each([['TimeoutError'], ['InternalServerError']])('is unavailable on %s', async (name) => {
    const { mock, store } = await mocked();
    mock.on(GetCommand).rejects(named(name));
    await expect(store.read(id)).rejects.toThrow(DecisionStoreUnavailable);
  });

  it('reads consistently, so that what was kept is seen', async () => {
    const { mock, store } = await mocked();
    mock.on(GetCommand).resolves({});
    await expect(store.read(id)).resolves.toBeNull();
    expect(mock.commandCalls(GetCommand)[0]!.args[0].input.ConsistentRead).toBe(true);
  });

  it('passes on that the register does not answer, and takes an erased person’s for gone', async () => {
    const item: Record<string, unknown> = { ...(await writtenItem()), residentId };
    delete item.dataKey;
    const { mock, store, keys } = await mocked();
    mock.on(GetCommand).resolves({ Item: item });
    keys.wrappedKeyOf = async () => {
      throw new ResidentStoreUnavailable('down');
    };
    await expect(store.read(id)).rejects.toThrow(ResidentStoreUnavailable);
    keys.wrappedKeyOf = async () => null;
    await expect(store.read(id)).resolves.toBeNull();
  });

  it.each<[string, (item: Record<string, unknown>) => Record<string, unknown>]>([
    ['an attribute more', (item) => ({ ...item, extra: 1 })],
    ['another schema version', (item) => ({ ...item, schemaVersion: 2 })],
    ['another person’s key', ({ dataKey: _, ...item }) => ({ ...item, residentId })],
    ['no content', ({ content: _, ...item }) => item],
  ])('does not take for a decision what has %s', async (_, change) => {
    const { mock, store } = await mocked();
    mock.on(GetCommand).resolves({ Item: change(await writtenItem()) });
    const read = store.read(id);
    await expect(read).rejects.toThrow(DecisionCorrupted);
    await expect(read).rejects.toMatchObject({ decisionId: id });
  });
});
