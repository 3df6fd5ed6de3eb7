import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { PartnerStoreUnavailable } from '../../../../shared/domain/partners/partner-store.ts';
import { createDocumentClient } from '../../../../shared/stores/dynamodb/document-client.ts';
import { DynamoHashKeyStore } from '../../../../shared/stores/dynamodb/dynamo-hash-key-store.ts';
import { DynamoPartnerStore } from '../../../../shared/stores/dynamodb/dynamo-partner-store.ts';

const instant = '2026-06-01T08:00:00.000Z';
const owner = { kind: 'feed', id: 'housing' } as const;
const key = {
  id: 'ak_0000000001',
  owner,
  hash: `v1.${'a'.repeat(43)}`,
  scopes: ['registry:write'],
  ipRanges: [],
  createdAt: instant,
  expiresAt: '2027-06-01T08:00:00.000Z',
  revokedAt: null,
  lastUsedOn: null,
};
const ownerItem = {
  pk: 'OWNER',
  sk: 'feed#housing',
  type: 'key-owner',
  schemaVersion: 1,
  revision: 3,
  ...owner,
  name: 'Housing',
  createdAt: instant,
  keys: [],
};

function mocked() {
  const client = createDocumentClient({ region: 'local' });
  const mock = mockClient(client);
  mock.on(GetCommand).resolves({ Item: ownerItem });
  return {
    mock,
    store: new DynamoPartnerStore(client, 'partners'),
    hashKeys: new DynamoHashKeyStore(client, 'partners'),
  };
}

function cancelled(...Codes: string[]) {
  const CancellationReasons: CancellationReason[] = Codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
}

describe('the partner store when DynamoDB refuses', () => {
  it.each([
    ['a condition that failed', cancelled('None', 'ConditionalCheckFailed')],
    ['a conflict', cancelled('TransactionConflict', 'None')],
  ])('looks again after %s, under the revision it then finds', async (_, error) => {
    const { mock, store } = mocked();
    mock
      .on(GetCommand)
      .resolvesOnce({ Item: ownerItem })
      .resolves({ Item: { ...ownerItem, revision: 4 } });
    mock.on(TransactWriteCommand).rejectsOnce(error).resolves({});
    await expect(store.addKey(key)).resolves.toBe('added');
    const revisions = mock
      .commandCalls(TransactWriteCommand)
      .map((call) => call.args[0].input.TransactItems?.[1]?.Update?.ExpressionAttributeValues?.[':expected']);
    expect(revisions).toEqual([3, 4]);
  });

  it('gives up after five tries', async () => {
    const { mock, store } = mocked();
    mock.on(TransactWriteCommand).rejects(cancelled('None', 'ConditionalCheckFailed'));
    await expect(store.addKey(key)).rejects.toThrow(PartnerStoreUnavailable);
    expect(mock.commandCalls(TransactWriteCommand)).toHaveLength(5);
  });

  it('does not try again what was cancelled for another reason', async () => {
    const { mock, store } = mocked();
    mock.on(TransactWriteCommand).rejects(cancelled('None', 'ValidationError'));
    await expect(store.addKey(key)).rejects.toThrow(PartnerStoreUnavailable);
    expect(mock.commandCalls(TransactWriteCommand)).toHaveLength(1);
  });

  it('is unavailable in every method, and repeats nothing of the cause but its name', async () => {
    const { mock, store, hashKeys } = mocked();
    mock.onAnyCommand().rejects(Object.assign(new Error('10.0.0.1 said no'), { name: 'TimeoutError' }));
    const asked = [
      store.createOwner(owner, 'Housing', instant),
      store.addKey(key),
      store.revokeKey(key.id, instant),
      store.findKey(key.id),
      store.findOwner(owner),
      store.listOwners(),
      store.markUsed(key.id, '2026-06-01'),
      hashKeys.listHashKeys(),
      hashKeys.addHashKey({ version: 'v1', wrapped: new Uint8Array(1) }),
    ];
    for (const outcome of await Promise.allSettled(asked)) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: new PartnerStoreUnavailable('The partner store did not answer: TimeoutError.'),
      });
    }
  });

  it('reads consistently, so that a revocation is seen', async () => {
    const { mock, store, hashKeys } = mocked();
    mock.on(GetCommand).resolves({}).on(QueryCommand).resolves({});
    await store.findKey(key.id);
    await store.findOwner(owner);
    await store.listOwners();
    await hashKeys.listHashKeys();
    const inputs = [...mock.commandCalls(GetCommand), ...mock.commandCalls(QueryCommand)].map(
      (call) => (call.args[0].input as { ConsistentRead?: boolean }).ConsistentRead,
    );
    expect(inputs).toEqual([true, true, true, true]);
  });

  it('writes nothing without a condition', async () => {
    const { mock, store, hashKeys } = mocked();
    mock.on(TransactWriteCommand).resolves({}).on(PutCommand).resolves({}).on(UpdateCommand).resolves({});
    await store.createOwner(owner, 'Housing', instant);
    await store.addKey(key);
    await store.markUsed(key.id, '2026-06-01');
    await hashKeys.addHashKey({ version: 'v1', wrapped: new Uint8Array(1) });
    const single = [...mock.commandCalls(PutCommand), ...mock.commandCalls(UpdateCommand)].map(
      (call) => (call.args[0].input as { ConditionExpression?: string }).ConditionExpression,
    );
    const together = mock
      .commandCalls(TransactWriteCommand)
      .flatMap((call) => call.args[0].input.TransactItems ?? [])
      .map(({ Put, Update }) => (Put ?? Update)?.ConditionExpression);
    expect([...single, ...together]).toHaveLength(5);
    for (const condition of [...single, ...together]) expect(condition).toEqual(expect.any(String));
  });
});
