import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { foldEvents } from '../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../shared/domain/register/register-event.ts';
import { recordText } from '../../shared/domain/register/resident-record.ts';
import { DynamoIndexKeys } from '../../shared/stores/dynamodb/dynamo-index-keys.ts';
import type { DynamoResidentStore } from '../../shared/stores/dynamodb/dynamo-resident-store.ts';
import { IndexKeyChange } from '../../shared/stores/dynamodb/index-key-change.ts';
import { cutClient } from '../support/cut-client.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { dumpResidents, residentStore, residentsTable, sampleDocument } from '../support/register.ts';
import { faultsOfRegister } from '../support/whole-register.ts';
import { eventOn } from '../unit/register/events.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';

const keyStore = memoryKeyStore();
let dynamoDb: TestDynamoDb;
let whole: DynamoResidentStore;
let residents = 0;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  whole = residentStore(dynamoDb.client, keyStore);
  // The first key of the index is there: making it is cut in a test of its own.
  await whole.append(sampleDocument(0), [eventOn('2024-01-01', { type: 'permit.endorsed' })]);
});
afterAll(() => dynamoDb.stop());

const contributed: RegisterEvent = eventOn(
  '2024-01-01',
  {
    type: 'insurance.contributed',
    kinds: ['pension'],
    contributions: [{ from: '2020-01', to: '2020-12', kind: 'paid' }],
  },
  { eventId: 'paid' },
);
const endorsed = eventOn('2024-01-01', { type: 'permit.endorsed' }, { eventId: 'endorsed' });
const voided = eventOn('2024-02-01', { type: 'insurance.voided', voids: 'paid' }, { eventId: 'voided' });

interface Mutation {
  /** What stands before. */
  readonly before: readonly RegisterEvent[];
  readonly run: (store: DynamoResidentStore, document: CanonicalDocument) => Promise<unknown>;
  /** What stands afterwards; null: nothing. */
  readonly after: readonly RegisterEvent[] | null;
  /** How many calls it makes when nothing goes wrong, besides reading the keys of the index. */
  readonly calls: readonly string[];
}

const mutations: Readonly<Record<string, Mutation>> = {
  'storing events of somebody new': {
    before: [],
    run: (store, document) => store.append(document, [endorsed, contributed]),
    after: [endorsed, contributed],
    calls: ['GetCommand', 'TransactWriteCommand'],
  },
  'storing events of somebody known, one of them again': {
    before: [endorsed],
    run: (store, document) => store.append(document, [endorsed, contributed]),
    after: [endorsed, contributed],
    calls: ['GetCommand', 'TransactWriteCommand', 'TransactWriteCommand'],
  },
  'folding the record anew': {
    before: [endorsed, contributed],
    run: (store, document) => store.append(document, [voided]),
    after: [endorsed, contributed, voided],
    calls: ['GetCommand', 'QueryCommand', 'TransactWriteCommand'],
  },
  erasing: {
    before: [endorsed, contributed],
    run: (store, document) => store.erase(document),
    after: null,
    calls: [
      ...['GetCommand', 'GetCommand', 'TransactWriteCommand'],
      ...['QueryCommand', 'QueryCommand', 'DeleteCommand', 'DeleteCommand', 'DeleteCommand'],
    ],
  },
};

describe.each(Object.entries(mutations))('%s', (_, { before, run, after, calls }) => {
  /** A resident with what stands before. */
  async function prepared(): Promise<CanonicalDocument> {
    const document = sampleDocument(++residents);
    await whole.append(document, before);
    return document;
  }

  async function expectDone(document: CanonicalDocument) {
    const found = await whole.find(document);
    expect(found && recordText(found.record)).toBe(after && recordText(foldEvents(after)));
    expect(await faultsOfRegister(dynamoDb.client)).toEqual([]);
    if (found === null) return;
    const stored = (await dumpResidents(dynamoDb.client)).filter(
      ({ pk, type }) => pk === `RESIDENT#${found.residentId}` && type === 'register-event',
    );
    expect(stored).toHaveLength(after?.length ?? 0);
  }

  it('takes the calls it is known to take', async () => {
    const document = await prepared();
    const counting = cutClient(dynamoDb.client);
    await run(residentStore(counting.client, keyStore), document);
    expect(counting.calls).toEqual(['QueryCommand', ...calls]);
    await expectDone(document);
  });

  const cuts = Array.from({ length: calls.length + 1 }, (_, index) => index + 1).flatMap((at) => [
    [at, 'before'] as const,
    [at, 'after'] as const,
  ]);
  it.each(cuts)('cut at call %i, %s its effect, and tried again, comes to the same', async (at, when) => {
    const document = await prepared();
    const cut = cutClient(dynamoDb.client, { at, when });
    await expect(run(residentStore(cut.client, keyStore), document)).rejects.toMatchObject({
      name: 'ResidentStoreUnavailable',
      cause: { name: 'CutOff' },
    });
    expect(cut.calls).toHaveLength(at);
    await run(residentStore(dynamoDb.client, keyStore), document);
    await expectDone(document);
  });
});

describe('the first key of the index', () => {
  it.each([1, 2, 3].flatMap((at) => [[at, 'before'] as const, [at, 'after'] as const]))(
    'is made once, cut at call %i, %s its effect, and tried again',
    async (at, when) => {
      const items = await dumpResidents(dynamoDb.client);
      await restore(dynamoDb.client, []);
      const cut = cutClient(dynamoDb.client, { at, when });
      const open = (client: TestDynamoDb['client']) =>
        new DynamoIndexKeys(client, residentsTable, keyStore).openOrCreate();
      await expect(open(cut.client)).rejects.toMatchObject({ name: 'ResidentStoreUnavailable' });
      const document = sampleDocument(1);
      const [first, second] = [await open(dynamoDb.client), await open(dynamoDb.client)];
      expect(first.of(document)).toBe(second.of(document));
      expect(await dumpResidents(dynamoDb.client)).toHaveLength(2);
      await restore(dynamoDb.client, items);
    },
  );
});

describe('changing the key of the index', () => {
  const steps = ['add', 'switch', 'move', 'retire'] as const;

  /** A register of two residents, and what they are known by. */
  async function register() {
    const own = await startTestDynamoDb();
    const store = residentStore(own.client, keyStore);
    const documents = [1, 2].map(sampleDocument);
    for (const document of documents) await store.append(document, [endorsed, contributed]);
    return { own, documents };
  }
  const changeOn = (client: TestDynamoDb['client']) =>
    new IndexKeyChange(client, residentsTable, keyStore, { settleMilliseconds: 0, pause: async () => {} });

  it.each(steps)('cut at every call of %s, and tried again, comes to the same', async (step) => {
    const { own, documents } = await register();
    try {
      const place = steps.indexOf(step);
      for (const earlier of steps.slice(0, place)) await changeOn(own.client)[earlier]();
      const before = await dumpResidents(own.client);
      let cuts = 0;
      for (let at = 1, done = false; !done; at++) {
        for (const when of ['before', 'after'] as const) {
          const failure = await changeOn(cutClient(own.client, { at, when }).client)
            [step]()
            .then(() => null, String);
          if (failure === null) done = true;
          else expect([failure, cuts++]).toEqual([expect.stringContaining('CutOff'), cuts - 1]);
          expect(await faultsOfRegister(own.client)).toEqual([]);
          for (const rest of steps.slice(place)) await changeOn(own.client)[rest]();
          await expectMoved(own.client, documents);
          await restore(own.client, before);
        }
      }
      expect(cuts).toBeGreaterThan(2);
    } finally {
      await own.stop();
    }
  });

  async function expectMoved(client: TestDynamoDb['client'], documents: readonly CanonicalDocument[]) {
    const store = residentStore(client, keyStore);
    const expected = recordText(foldEvents([endorsed, contributed]));
    for (const document of documents) {
      expect(recordText((await store.find(document))!.record)).toBe(expected);
      // It is still known what stands there: nobody was begun anew.
      expect(await store.append(document, [endorsed])).toEqual(['duplicate']);
    }
    expect(await faultsOfRegister(client)).toEqual([]);
    const partitions = (await dumpResidents(client)).map(({ pk }) => String(pk).slice(0, 9));
    expect(partitions.filter((pk) => pk === 'INDEX#v1.')).toEqual([]);
    expect(partitions.filter((pk) => pk === 'INDEX#v2.')).toHaveLength(documents.length);
  }
});

async function restore(client: TestDynamoDb['client'], items: readonly Record<string, unknown>[]) {
  const kept = new Set(items.map(({ pk, sk }) => `${pk} ${sk}`));
  const others = (await dumpResidents(client)).filter(({ pk, sk }) => !kept.has(`${pk} ${sk}`));
  const requests = [
    ...others.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
    ...items.map((Item) => ({ PutRequest: { Item } })),
  ];
  while (requests.length > 0) {
    const RequestItems = { [residentsTable]: requests.splice(0, 25) };
    await client.send(new BatchWriteCommand({ RequestItems }));
  }
}
