import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { packDigest } from '../../../../shared/domain/policy/digest.ts';
import { PolicyStoreUnavailable } from '../../../../shared/domain/policy/policy-store.ts';
import { createDocumentClient } from '../../../../shared/stores/dynamodb/document-client.ts';
import { DynamoPolicyStore } from '../../../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { samplePackOf } from '../../../support/sample-pack.ts';

const pack = samplePackOf(2020);
const digest = packDigest(pack);
const none: CancellationReason = { Code: 'None' };
const failed: CancellationReason = { Code: 'ConditionalCheckFailed' };

function mocked() {
  const client = createDocumentClient({ region: 'local' });
  return { mock: mockClient(client), store: new DynamoPolicyStore(client, 'policies') };
}

function named(name: string): Error {
  return Object.assign(new Error('10.0.0.1 said no'), { name });
}

function cancelled(CancellationReasons: CancellationReason[]) {
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
}

describe('publishing when DynamoDB refuses', () => {
  it.each([
    ['the digest guard is there', [none, failed, none], 'digest-exists'],
    ['version and guard are there', [failed, failed, failed], 'digest-exists'],
    [
      'the version is there with the same digest',
      [{ ...failed, Item: { digest: { S: digest } } }, none, none],
      'digest-exists',
    ],
    [
      'the version is there with another digest',
      [{ ...failed, Item: { digest: { S: 'sha256:0' } } }, none, failed],
      'version-exists',
    ],
    ['the pointer moved', [none, none, failed], 'pointer-moved'],
    ['another transaction is under way', [none, none, { Code: 'TransactionConflict' }], 'pointer-moved'],
  ])('says what it means that %s', async (_, reasons, outcome) => {
    const { mock, store } = mocked();
    mock.on(TransactWriteCommand).rejects(cancelled(reasons));
    await expect(store.publish(pack, digest, '2020-01-01T00:00:00Z', 1)).resolves.toBe(outcome);
  });

  it.each([
    ['a throttled transaction', cancelled([none, { Code: 'ThrottlingError' }, none])],
    [
      'a transaction cancelled without reasons',
      new TransactionCanceledException({ message: '', $metadata: {} }),
    ],
    ['throttling', named('ThrottlingException')],
    ['no answer in time', named('TimeoutError')],
    ['the deadline', named('AbortError')],
    ['a table that is not there', named('ResourceNotFoundException')],
  ])('is unavailable on %s', async (_, error) => {
    const { mock, store } = mocked();
    mock.on(TransactWriteCommand).rejects(error);
    const outcome = store.publish(pack, digest, '2020-01-01T00:00:00Z', null);
    await expect(outcome).rejects.toThrow(PolicyStoreUnavailable);
    await expect(outcome).rejects.toMatchObject({ cause: error });
  });

  it('asks for the item that stood in the way, in every write', async () => {
    const { mock, store } = mocked();
    mock.on(TransactWriteCommand).resolves({});
    await store.publish(pack, digest, '2020-01-01T00:00:00Z', null);
    const { TransactItems = [] } = mock.commandCalls(TransactWriteCommand)[0]?.args[0].input ?? {};
    const writes = TransactItems.map(({ Put, Update }) => Put ?? Update);
    expect(writes.map((write) => write?.ReturnValuesOnConditionCheckFailure)).toEqual([
      'ALL_OLD',
      'ALL_OLD',
      'ALL_OLD',
    ]);
    expect(writes.map((write) => write?.ConditionExpression)).toEqual([
      'attribute_not_exists(pk)',
      'attribute_not_exists(pk)',
      'attribute_not_exists(pk)',
    ]);
  });
});

describe('reading when DynamoDB fails', () => {
  it('is unavailable, and its message repeats nothing of the cause but its name', async () => {
    const { mock, store } = mocked();
    mock.on(GetCommand).rejects(named('TimeoutError')).on(QueryCommand).rejects(named('InternalServerError'));
    for (const [read, name] of [
      [store.readPointer('chengdu'), 'TimeoutError'],
      [store.readVersion('chengdu', '2024'), 'TimeoutError'],
      [store.listPointers(), 'InternalServerError'],
    ] as const) {
      await expect(read).rejects.toThrow(
        new PolicyStoreUnavailable(`The policy store did not answer: ${name}.`),
      );
    }
  });

  it('goes on with the next page while there is one', async () => {
    const { mock, store } = mocked();
    const pointer = (policy: string) => ({
      pk: 'POINTER',
      sk: `POLICY#${policy}`,
      type: 'policy-pointer',
      schemaVersion: 1,
      policy,
      revision: 1,
      versions: [
        {
          version: '1',
          digest,
          effective: { from: '2020-01-01', until: null },
          publishedAt: '2020-01-01T00:00:00Z',
        },
      ],
    });
    const LastEvaluatedKey = { pk: 'POINTER', sk: 'POLICY#a' };
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [pointer('a')], LastEvaluatedKey })
      .resolves({ Items: [pointer('b')] });
    await expect(store.listPointers()).resolves.toMatchObject([{ policy: 'a' }, { policy: 'b' }]);
    expect(mock.commandCalls(QueryCommand)[1]?.args[0].input.ExclusiveStartKey).toEqual(LastEvaluatedKey);
  });

  it('reads consistently, so that what was published is seen', async () => {
    const { mock, store } = mocked();
    mock.on(GetCommand).resolves({}).on(QueryCommand).resolves({});
    await store.readPointer('chengdu');
    await store.readVersion('chengdu', '2024');
    await store.listPointers();
    const inputs = [...mock.commandCalls(GetCommand), ...mock.commandCalls(QueryCommand)].map(
      (call) => (call.args[0].input as { ConsistentRead?: boolean }).ConsistentRead,
    );
    expect(inputs).toEqual([true, true, true]);
  });
});
