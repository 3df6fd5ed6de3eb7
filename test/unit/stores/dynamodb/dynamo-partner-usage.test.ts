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
import type { PartnerTerms } from '../../../../shared/domain/partners/partner-terms.ts';
import { createDocumentClient } from '../../../../shared/stores/dynamodb/document-client.ts';
import { DynamoPartnerTerms } from '../../../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { DynamoPartnerUsage } from '../../../../shared/stores/dynamodb/dynamo-partner-usage.ts';

const instant = '2026-06-01T08:00:00.000Z';
const day = '2026-06-01';
const terms: PartnerTerms = {
  services: null,
  purposes: ['legal-aid'],
  lawfulBasis: 'consent',
  checksADay: 100,
  personsADay: 10,
};

function mocked() {
  const client = createDocumentClient({ region: 'local' });
  const mock = mockClient(client);
  const pauses: number[] = [];
  const jitter = {
    random: () => 0.5,
    pause: async (milliseconds: number) => {
      pauses.push(milliseconds);
    },
  };
  return {
    mock,
    pauses,
    usage: new DynamoPartnerUsage({ client, table: 'partners', ...jitter }),
    store: new DynamoPartnerTerms(client, 'partners', jitter),
  };
}

function cancelled(...Codes: string[]) {
  const CancellationReasons: CancellationReason[] = Codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
}

const checkId = (n: number) => `dc_${String(n).padStart(32, '0')}`;

const digest = `sha256:${'0'.repeat(64)}`;

const broken = () => Object.assign(new Error('secret detail'), { name: 'InternalServerError' });

describe('the stores of what a third party may and did use', () => {
  it.each([
    ['takeChecks', ({ usage }: ReturnType<typeof mocked>) => usage.takeChecks('school', day, 1, 10)],
    [
      'takeChecksOnce',
      ({ usage }: ReturnType<typeof mocked>) => usage.takeChecksOnce('school', day, [checkId(1)], 10),
    ],
    ['admitPerson', ({ usage }: ReturnType<typeof mocked>) => usage.admitPerson('school', day, 'i', 10)],
    ['personsOf', ({ usage }: ReturnType<typeof mocked>) => usage.personsOf('school', day)],
    ['noticeNear', ({ usage }: ReturnType<typeof mocked>) => usage.noticeNear('school', day, 'checks', 10)],
    ['termsOf', ({ store }: ReturnType<typeof mocked>) => store.termsOf('school')],
    [
      'createPartner',
      ({ store }: ReturnType<typeof mocked>) => store.createPartner('school', 'S', terms, instant),
    ],
    [
      'remember',
      ({ store }: ReturnType<typeof mocked>) =>
        store.remember({ id: digest, fingerprint: digest, answer: '{}' }, instant),
    ],
    ['setTerms', ({ store }: ReturnType<typeof mocked>) => store.setTerms('school', terms, instant)],
  ])('say that they did not answer, and repeat nothing of why: %s', async (_, call) => {
    const world = mocked();
    for (const command of [GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand])
      world.mock.on(command as typeof GetCommand).rejects(broken());
    const error = await call(world).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(PartnerStoreUnavailable);
    expect((error as Error).message).toBe('The partner store did not answer: InternalServerError.');
  });

  it('count a person again after a conflict, and say so when there is no end of them', async () => {
    const { mock, usage, pauses } = mocked();
    mock
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('None', 'TransactionConflict'))
      .rejectsOnce(cancelled('TransactionConflict', 'ConditionalCheckFailed'))
      .rejectsOnce(Object.assign(new Error(), { name: 'TransactionInProgressException' }))
      .resolves({});
    expect(await usage.admitPerson('school', day, 'i', 10)).toBe('counted');
    expect(pauses).toHaveLength(3);
    mock.reset();
    mock.on(TransactWriteCommand).rejects(cancelled('None', 'TransactionConflict'));
    await expect(usage.admitPerson('school', day, 'i', 10)).rejects.toThrow(PartnerStoreUnavailable);
  });

  it('take a person for seen where the shard is full too', async () => {
    const { mock, usage } = mocked();
    mock.on(TransactWriteCommand).rejects(cancelled('ConditionalCheckFailed', 'ConditionalCheckFailed'));
    expect(await usage.admitPerson('school', day, 'i', 10)).toBe('seen');
  });

  it('count checks again after a conflict, and say so when there is no end of them', async () => {
    const { mock, usage, pauses } = mocked();
    mock.on(QueryCommand).resolves({ Items: [] });
    mock
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('ConditionalCheckFailed', 'TransactionConflict'))
      .rejectsOnce(Object.assign(new Error(), { name: 'TransactionInProgressException' }))
      .resolves({});
    expect(await usage.takeChecksOnce('school', day, [checkId(1)], 10)).toMatchObject({
      admissions: ['counted'],
    });
    expect(pauses).toHaveLength(2);
    mock.on(TransactWriteCommand).rejects(cancelled('None', 'TransactionConflict'));
    await expect(usage.takeChecksOnce('school', day, [checkId(1)], 10)).rejects.toThrow(
      PartnerStoreUnavailable,
    );
  });

  it('do not take a throttled transaction for an answer', async () => {
    const { mock, usage, store } = mocked();
    mock.on(TransactWriteCommand).rejects(cancelled('None', 'ThrottlingError'));
    await expect(usage.admitPerson('school', day, 'i', 10)).rejects.toThrow(PartnerStoreUnavailable);
    await expect(usage.takeChecksOnce('school', day, [checkId(1)], 10)).rejects.toThrow(
      PartnerStoreUnavailable,
    );
    await expect(store.setTerms('school', terms, instant)).rejects.toThrow(PartnerStoreUnavailable);
  });

  it('do not take what stands in another form for a request', async () => {
    const { mock, store } = mocked();
    const CancellationReasons = [{ Code: 'ConditionalCheckFailed', Item: { pk: { S: 'REQUEST#other' } } }];
    mock
      .on(TransactWriteCommand)
      .rejects(new TransactionCanceledException({ message: 'no', $metadata: {}, CancellationReasons }));
    const request = { id: digest, fingerprint: digest, answer: '{}' };
    await expect(store.remember(request, instant)).rejects.toThrow(PartnerStoreUnavailable);
  });

  it('set terms again after a conflict with a change of keys', async () => {
    const { mock, store } = mocked();
    mock.on(TransactWriteCommand).rejectsOnce(cancelled('TransactionConflict', 'None')).resolves({});
    expect(await store.setTerms('school', terms, instant)).toBe('set');
  });
});
