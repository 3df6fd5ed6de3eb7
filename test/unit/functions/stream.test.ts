import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditChanges } from '../../../functions/stream/audit-changes.ts';
import { consumeStream } from '../../../functions/stream/consume-stream.ts';
import { environmentSchema } from '../../../functions/stream/env.ts';
import { namedTables } from '../../../functions/stream/streamed-tables.ts';
import type { ChangeSubscriber, TableChange } from '../../../functions/stream/table-change.ts';
import { deliverBatch } from '../../../infra/local/streams/deliver-batch.ts';
import { decisionKeys } from '../../../shared/stores/dynamodb/decision-items.ts';
import { indexKeys } from '../../../shared/stores/dynamodb/index-key-items.ts';
import { policyKeys } from '../../../shared/stores/dynamodb/policy-items.ts';
import { residentKeys } from '../../../shared/stores/dynamodb/resident-items.ts';
import { type AuditFault, MemoryAuditStore } from '../../support/memory-audit-store.ts';
import { recordingObservers } from '../../support/recording-log.ts';
import {
  changeRecord,
  policiesStream,
  tablesOfStreams,
  unreadableRecord,
} from '../../support/stream-records.ts';

function consuming({
  milliseconds = 0,
  ...over
}: {
  milliseconds?: number;
  subscriber?: ChangeSubscriber;
} = {}) {
  const store = new MemoryAuditStore();
  const { log, messages } = recordingObservers();
  const pauses: number[] = [];
  const handler = consumeStream({
    tables: tablesOfStreams,
    subscribers: [over.subscriber ?? auditChanges(store)],
    log,
    pause: async (pause) => {
      pauses.push(pause);
    },
  });
  const invoke = (records: readonly DynamoDBRecord[]) =>
    handler(
      { Records: [...records] },
      { getRemainingTimeInMillis: () => milliseconds - pauses.reduce((sum, pause) => sum + pause, 0) },
    );
  return { store, messages, pauses, invoke };
}

const failuresAt = (...numbers: number[]) => ({
  batchItemFailures: numbers.map((number) => ({ itemIdentifier: String(number) })),
});
const numbersOf = (store: MemoryAuditStore) =>
  store.recorded.map((entry) => (entry.type === 'change' ? Number(entry.sequenceNumber) : Number.NaN));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a change of a table', () => {
  it('is recorded with what, where and when, and nothing else', async () => {
    const { store, invoke } = consuming();
    await expect(invoke([changeRecord(7)])).resolves.toEqual(failuresAt());
    expect(store.recorded).toEqual([
      {
        type: 'change',
        id: expect.stringMatching(/^ev_[\w-]{22}$/),
        occurredAt: '2024-06-01T00:00:00.000Z',
        table: 'policies',
        kind: 'policy-version',
        action: 'inserted',
        by: 'request',
        key: { pk: 'POLICY#chengdu', sk: 'VERSION#7' },
        itemSchemaVersion: null,
        sequenceNumber: '7',
      },
    ]);
  });

  it.each([
    ['INSERT', undefined, 'inserted', 'request'],
    ['MODIFY', undefined, 'modified', 'request'],
    ['REMOVE', undefined, 'removed', 'request'],
    ['REMOVE', { type: 'Service', principalId: 'dynamodb.amazonaws.com' }, 'removed', 'expiry'],
  ] as const)('says of %s by %j that it was %s by %s', async (eventName, userIdentity, action, by) => {
    const { store, invoke } = consuming();
    await invoke([changeRecord(1, { eventName, userIdentity } as Partial<DynamoDBRecord>)]);
    expect(store.recorded).toMatchObject([{ action, by }]);
  });

  const index = `v2.${'a-_B'.repeat(11).slice(1)}`;
  const residentId = `rs_${'a-_B'.repeat(6).slice(2)}`;
  it.each([
    ['policies', 'policy-version', policyKeys.version('cn-national', '2024-02-20')],
    ['policies', 'policy-digest', policyKeys.digest(`sha256:${'0'.repeat(64)}`)],
    ['policies', 'policy-pointer', policyKeys.pointer('cn-national')],
    ['residents', 'resident-record', residentKeys.record(index)],
    ['residents', 'resident-part', residentKeys.part(residentId, 12)],
    ['residents', 'register-event', residentKeys.event(residentId, 'public-security', 'a:7_b.c-9')],
    ['residents', 'resident-key', residentKeys.key(residentId)],
    ['residents', 'erased-resident', residentKeys.erased(residentId)],
    ['residents', 'erasing-resident', residentKeys.erasing(residentId)],
    ['residents', 'index-key', indexKeys.key('v2')],
    ['residents', 'current-index-key', indexKeys.current],
    ['decisions', 'decision', decisionKeys.decision(`dc_${'a-_B'.repeat(8)}`)],
  ])('of %s is known for one of a %s by the key its store gives it', async (table, kind, key) => {
    const { store, invoke } = consuming();
    const Keys = { pk: { S: key.pk }, sk: { S: key.sk } };
    const eventSourceARN = policiesStream.replace('policies', table);
    await invoke([changeRecord(1, { eventSourceARN, dynamodb: { ...changeRecord(1).dynamodb, Keys } })]);
    expect(store.recorded).toMatchObject([{ table, kind, key }]);
  });

  it('of a kind nobody described is recorded without its key, and said so', async () => {
    const { store, messages, invoke } = consuming();
    const Keys = { pk: { S: 'RESIDENT#canary-00000018990101' }, sk: { S: 'NAME#canary' } };
    await expect(
      invoke([changeRecord(3, { dynamodb: { ...changeRecord(3).dynamodb, Keys } })]),
    ).resolves.toEqual(failuresAt());
    expect(store.recorded).toMatchObject([{ kind: 'unknown', key: null, sequenceNumber: '3' }]);
    expect(messages).toEqual([
      { name: 'unknownItemKind', fields: { table: 'policies', sequenceNumber: '3' } },
    ]);
    expect(JSON.stringify([store.recorded, messages])).not.toContain('canary');
  });

  it('tells nothing of an item, should a stream carry items, but the version of its form', async () => {
    const { store, messages, invoke } = consuming();
    const NewImage = { schemaVersion: { N: '2' }, name: { S: 'canary' }, payload: { B: 'Y2FuYXJ5' } };
    const OldImage = { name: { S: 'canary' } };
    await invoke([changeRecord(1, { dynamodb: { ...changeRecord(1).dynamodb, NewImage, OldImage } })]);
    expect(store.recorded).toMatchObject([{ itemSchemaVersion: 2 }]);
    expect(JSON.stringify([store.recorded, messages])).not.toMatch(/canary|Y2FuYXJ5/);
  });

  it('has the same id at every delivery, and another in another stream', async () => {
    const { store, invoke } = consuming();
    const elsewhere = changeRecord(1, { eventSourceARN: policiesStream.replace('2024', '2025') });
    await invoke([changeRecord(1)]);
    await invoke([changeRecord(1), elsewhere, changeRecord(2)]);
    expect(numbersOf(store)).toEqual([1, 1, 2]);
    expect(new Set(store.recorded.map(({ id }) => id)).size).toBe(3);
  });
});

describe('a change that cannot be read', () => {
  const readable = changeRecord(2);
  it.each([
    [
      'no key of text',
      unreadableRecord(2),
      ['dynamodb.ApproximateCreationDateTime', 'dynamodb.Keys.pk.S', 'dynamodb.Keys.sk'],
    ],
    ['an unknown event', { ...readable, eventName: 'MERGE' }, ['eventName']],
    ['no event id', { ...readable, eventID: undefined }, ['eventID']],
    [
      'a table nobody named',
      changeRecord(2, { eventSourceARN: policiesStream.replace('the-policies', 'x') }),
      ['eventSourceARN'],
    ],
    [
      'an ARN of something else',
      changeRecord(2, { eventSourceARN: 'arn:aws:kinesis:x' }),
      ['eventSourceARN'],
    ],
  ])('by %s is named as failed, and those around it are recorded', async (_, record, places) => {
    const { store, messages, invoke } = consuming();
    const batch = [changeRecord(1), record as DynamoDBRecord, changeRecord(3)];
    await expect(invoke(batch)).resolves.toEqual(failuresAt(2));
    expect(numbersOf(store)).toEqual([1, 3]);
    expect(messages).toEqual([
      { name: 'unreadableChange', fields: expect.objectContaining({ sequenceNumber: '2', places }) },
    ]);
  });

  it('and has no number fails the whole batch', async () => {
    const { store, invoke } = consuming();
    const { dynamodb: _, ...rest } = changeRecord(2);
    await expect(invoke([changeRecord(1), rest as DynamoDBRecord])).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: '' }],
    });
    expect(numbersOf(store)).toEqual([1]);
  });

  it('is logged without what it holds', async () => {
    const { messages, invoke } = consuming();
    const Keys = { pk: { S: '' }, sk: { N: 'canary' } };
    await invoke([
      changeRecord(1, { eventName: 'canary' as 'INSERT', dynamodb: { Keys, SequenceNumber: '1' } }),
    ]);
    expect(messages).toHaveLength(1);
    expect(JSON.stringify(messages)).not.toContain('canary');
  });
});

describe('an audit that does not answer', () => {
  it('is asked again while there is time, and then the first change it did not take is named', async () => {
    const { store, messages, pauses, invoke } = consuming({ milliseconds: 60_000 });
    let pieces = 0;
    store.fault = () => (pieces++ === 0 ? null : 'not-stored');
    await expect(invoke(range(1, 120).map((number) => changeRecord(number)))).resolves.toEqual(
      failuresAt(51),
    );
    expect(numbersOf(store)).toEqual(range(1, 50));
    expect(pauses.length).toBeGreaterThan(8);
    expect(pauses.reduce((sum, pause) => sum + pause)).toBeLessThan(55_000);
    expect(messages).toEqual([
      {
        name: 'changesNotTaken',
        fields: {
          table: 'policies',
          sequenceNumber: '51',
          subscriber: 'audit',
          errorName: 'AuditStoreUnavailable',
        },
      },
    ]);
  });

  it('for a moment only costs a pause', async () => {
    const { store, pauses, messages, invoke } = consuming({ milliseconds: 60_000 });
    let pieces = 0;
    store.fault = () => (pieces++ === 0 ? 'not-heard' : null);
    await expect(invoke([changeRecord(1), changeRecord(2)])).resolves.toEqual(failuresAt());
    expect([numbersOf(store), pauses.length, messages]).toEqual([[1, 2], 1, []]);
  });

  it('behind a change that cannot be read does not hide that one, whose number is the lower', async () => {
    const { store, invoke } = consuming();
    store.fault = () => 'not-stored';
    await expect(invoke([unreadableRecord(9), changeRecord(10)])).resolves.toEqual(failuresAt(9));
    await expect(invoke([changeRecord(9), unreadableRecord(10)])).resolves.toEqual(failuresAt(9));
  });
});

describe('a subscriber with a fault of its own', () => {
  it('is not asked again at once, and the log says where it broke', async () => {
    const taken: TableChange[][] = [];
    const subscriber: ChangeSubscriber = {
      name: 'broken',
      async take(changes) {
        taken.push([...changes]);
        throw new TypeError('canary');
      },
      isPassing: () => false,
    };
    const { messages, pauses, invoke } = consuming({ milliseconds: 60_000, subscriber });
    await expect(invoke([changeRecord(5)])).resolves.toEqual(failuresAt(5));
    expect([taken.length, pauses]).toEqual([1, []]);
    expect(messages).toMatchObject([
      { name: 'changesNotTaken', fields: { subscriber: 'broken', errorName: 'TypeError' } },
    ]);
    expect(messages[0]?.fields.stack).not.toHaveLength(0);
    expect(JSON.stringify(messages)).not.toContain('canary');
  });
});

describe('whatever fails and however often it is delivered', () => {
  const killed = new Error('killed');
  const scenario = fc.record({
    records: fc.integer({ min: 1, max: 160 }),
    unreadable: fc.uniqueArray(fc.integer({ min: 1, max: 160 }), { maxLength: 6 }),
    /** What happens to one piece after the other; then nothing. */
    faults: fc.array(fc.constantFrom<(AuditFault | null)[]>('not-stored', 'not-heard', null), {
      maxLength: 30,
    }),
    /** At which calls of the function it dies before, or after, it did its work. */
    deaths: fc.array(fc.constantFrom('before', 'after', 'no'), { maxLength: 30 }),
    /** After how many calls the deliverer is killed and starts from what it remembers. */
    kills: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 5 }),
    batchSize: fc.integer({ min: 1, max: 100 }),
  });

  it('every readable change is recorded once, in the order of the stream, and only the others are given up on', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ records, unreadable, faults, deaths, kills, batchSize }) => {
        const { store, invoke } = consuming();
        store.fault = () => faults.shift() ?? null;
        const poison = new Set(unreadable);
        const stream = range(1, records).map((number) =>
          poison.has(number) ? unreadableRecord(number) : changeRecord(number),
        );
        const dead = new Set<number>();
        let delivered = 0;
        while (delivered < stream.length) {
          let callsLeft = kills.shift() ?? Number.POSITIVE_INFINITY;
          const alive = () => {
            if (callsLeft <= 0) throw killed;
          };
          try {
            while (delivered < stream.length) {
              await deliverBatch(stream.slice(delivered, delivered + batchSize), {
                // More than all faults together: only what cannot be read is given up on.
                retries: 70,
                async invoke(batch) {
                  callsLeft--;
                  const death = deaths.shift();
                  if (death === 'before') throw new Error('crashed');
                  const response = await invoke(batch);
                  if (death === 'after') throw new Error('crashed');
                  return response;
                },
                settled(number) {
                  alive();
                  delivered = Number(number);
                },
                gaveUp(given) {
                  alive();
                  for (const { dynamodb } of given) dead.add(Number(dynamodb?.SequenceNumber));
                },
                pause: async () => alive(),
              });
            }
          } catch (error) {
            if (error !== killed) throw error;
          }
        }
        expect(numbersOf(store)).toEqual(range(1, records).filter((number) => !poison.has(number)));
        expect([...dead].sort((a, b) => a - b)).toEqual(
          [...poison].filter((number) => number <= records).sort((a, b) => a - b),
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('the tables of the function', () => {
  it('are known by the names in its environment', () => {
    const names = { POLICIES_TABLE: 'p-1', RESIDENTS_TABLE: 'r-1', DECISIONS_TABLE: 'd-1' };
    const environment = environmentSchema.parse({ AUDIT_TABLE: 'a-1', ...names });
    const known = [...namedTables(environment)].map(([physical, { name }]) => [physical, name]);
    expect(known).toEqual([
      ['p-1', 'policies'],
      ['r-1', 'residents'],
      ['d-1', 'decisions'],
    ]);
  });
});
