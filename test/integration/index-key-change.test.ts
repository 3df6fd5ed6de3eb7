import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
const settled = { settleMilliseconds: 0, pause: async () => {} };
let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
});
afterAll(() => dynamoDb.stop());

/** A store that reads the keys of the index anew when it is told to: as a function a minute behind, or up to date. */
function storeWithClock(client = dynamoDb.client): { store: DynamoResidentStore; refresh: () => void } {
  let now = 0;
  const index = new DynamoIndexKeys(client, residentsTable, keyStore, () => now);
  return {
    store: residentStore(client, keyStore, { index, attempts: 100 }),
    refresh: () => {
      now += 120_000;
    },
  };
}

const endorsed = (eventId: string): RegisterEvent =>
  eventOn('2024-01-01', { type: 'permit.endorsed' }, { eventId });

describe('changing the key of the index', () => {
  it('goes on beside reads and writes, known and new, of processes a step behind', async () => {
    const [ahead, behind] = [storeWithClock(), storeWithClock()];
    const known = Array.from({ length: 20 }, (_, serial) => sampleDocument(serial));
    const sent = new Map(known.map((document) => [document, [endorsed('first')]]));
    await Promise.all(known.map((document) => ahead.store.append(document, [endorsed('first')])));

    const newcomers = new Set<number>();
    let serial = 1_000;
    let running = true;
    const problems: unknown[] = [];
    /** One process at its work: writes to known residents, makes new ones, and never misses anyone. */
    const traffic = async ({ store }: { store: DynamoResidentStore }, name: string) => {
      for (let turn = 0; running; turn++) {
        const document = known[turn % known.length]!;
        const event = endorsed(`${name}-${turn}`);
        sent.get(document)!.push(event);
        if ((await store.find(document)) === null) problems.push(`${name} missed a resident`);
        if ((await store.append(document, [event]))[0] !== 'applied') problems.push(`${name} lost an event`);
        // Both processes meet the same newcomer at about the same time.
        const newcomerSerial = turn % 2 === 0 ? serial++ : serial;
        newcomers.add(newcomerSerial);
        const newcomer = sampleDocument(newcomerSerial);
        await store.append(newcomer, [endorsed(`${name}-new`)]);
        if ((await store.find(newcomer)) === null) problems.push(`${name} missed a newcomer`);
      }
    };
    const workers = [traffic(ahead, 'ahead'), traffic(behind, 'behind')];
    const change = new IndexKeyChange(dynamoDb.client, residentsTable, keyStore, settled);
    const meanwhile = () => new Promise((resolve) => setTimeout(resolve, 150));
    for (const step of ['add', 'switch', 'move', 'retire'] as const) {
      await change[step]();
      ahead.refresh();
      // The other one still works with the keys of before this step.
      await meanwhile();
      behind.refresh();
      await meanwhile();
    }
    running = false;
    await Promise.all(workers);

    expect(problems).toEqual([]);
    expect(await faultsOfRegister(dynamoDb.client)).toEqual([]);
    const { store } = storeWithClock();
    for (const [document, events] of sent) {
      expect(recordText((await store.find(document))!.record)).toBe(recordText(foldEvents(events)));
    }
    const items = await dumpResidents(dynamoDb.client);
    const records = items.filter(({ type }) => type === 'resident-record');
    expect(newcomers.size).toBeGreaterThan(4);
    // Nobody was begun twice, under one key and under the other.
    expect(records).toHaveLength(known.length + newcomers.size);
    expect(records.filter(({ pk }) => !String(pk).startsWith('INDEX#v2.'))).toEqual([]);
    await expect(change.status()).resolves.toMatchObject({
      live: [{ version: 'v2' }],
      current: { version: 'v2' },
    });
  });

  it('makes one resident of somebody who comes at once to a process before the switch and to one after', async () => {
    const own = await startTestDynamoDb();
    try {
      const change = new IndexKeyChange(own.client, residentsTable, keyStore, settled);
      await change.add();
      await change.add();
      const ahead = storeWithClock(own.client);
      const document = sampleDocument(1);
      const old = new DynamoIndexKeys(own.client, residentsTable, keyStore);
      await old.open();
      await change.switch();
      const behind = residentStore(
        own.client,
        {
          ...keyStore,
          // Between looking for somebody and writing them their key is made: there the other process writes them.
          generateDataKey: async (context) => {
            await ahead.store.append(document, [endorsed('ahead')]);
            return keyStore.generateDataKey(context);
          },
        },
        { index: old },
      );
      await expect(behind.append(document, [endorsed('behind')])).resolves.toEqual(['applied']);
      const items = await dumpResidents(own.client);
      expect(items.filter(({ type }) => type === 'resident-record')).toHaveLength(1);
      expect(items.filter(({ type }) => type === 'register-event')).toHaveLength(2);
    } finally {
      await own.stop();
    }
  });

  it('hides nobody whose record is moved between one look and the next', async () => {
    const own = await startTestDynamoDb();
    try {
      const document = sampleDocument(1);
      await residentStore(own.client, keyStore).append(document, [endorsed('a')]);
      const change = new IndexKeyChange(own.client, residentsTable, keyStore, settled);
      await change.add();
      await change.switch();
      let reads = 0;
      const send = async (command: object, options?: unknown) => {
        const answer = await (own.client.send as (...given: unknown[]) => Promise<unknown>)(command, options);
        if (command instanceof GetCommand && ++reads === 1) await change.move();
        return answer;
      };
      const client = Object.assign(Object.create(own.client), { send }) as typeof own.client;
      await expect(residentStore(client, keyStore).find(document)).resolves.toMatchObject({ document });
      await expect(change.move()).resolves.toMatchObject({ moved: 0 });
    } finally {
      await own.stop();
    }
  });

  it('refuses each step until the one before is known everywhere, and says for how long', async () => {
    let now = Date.parse('2024-01-01T00:00:00Z');
    const own = await startTestDynamoDb();
    try {
      const change = new IndexKeyChange(own.client, residentsTable, keyStore, { now: () => now });
      await expect(change.switch()).rejects.toThrow(/add comes first/);
      await expect(change.add()).resolves.toBe('v1');
      await expect(change.switch()).rejects.toThrow(/one key only/);
      const store = residentStore(own.client, keyStore);
      await store.append(sampleDocument(1), [endorsed('a')]);

      await expect(change.add()).resolves.toBe('v2');
      await expect(change.add()).resolves.toBe('v2');
      await expect(change.move()).rejects.toThrow(/switch comes first/);
      await expect(change.switch()).rejects.toThrow(/added just now.*120 s/);
      now += 120_000;
      await expect(change.switch()).resolves.toBe('v2');
      await expect(change.switch()).resolves.toBe('v2');
      await expect(change.add()).rejects.toThrow(/still under way/);
      await expect(change.move()).rejects.toThrow(/current one just now.*120 s/);
      await expect(change.retire()).rejects.toThrow(/current one just now/);
      now += 120_000;
      await expect(change.retire()).rejects.toThrow(/stands under v1: move comes first/);
      await expect(change.move()).resolves.toEqual({ moved: 1, unreadable: 0 });
      await expect(change.move()).resolves.toEqual({ moved: 0, unreadable: 0 });
      await expect(change.retire()).resolves.toEqual(['v1']);
      await expect(change.retire()).resolves.toEqual([]);
      await expect(change.add()).resolves.toBe('v3');
    } finally {
      await own.stop();
    }
  });

  it('leaves where it is what cannot be read, says so, and keeps the key it stands under', async () => {
    const own = await startTestDynamoDb();
    try {
      const store = residentStore(own.client, keyStore);
      for (const serial of [1, 2]) await store.append(sampleDocument(serial), [endorsed('a')]);
      const change = new IndexKeyChange(own.client, residentsTable, keyStore, settled);
      await change.add();
      await change.switch();
      const { residentId } = (await store.find(sampleDocument(1)))!;
      const forgetful = new IndexKeyChange(
        own.client,
        residentsTable,
        {
          ...keyStore,
          unwrap: (wrapped, context) =>
            keyStore.unwrap(wrapped, context.resident === residentId ? { purpose: 'another' } : context),
        },
        settled,
      );
      const progress: unknown[] = [];
      await expect(forgetful.move((each) => progress.push(each))).resolves.toEqual({
        moved: 1,
        unreadable: 1,
      });
      expect(progress.at(-1)).toEqual({ moved: 1, unreadable: 1 });
      await expect(change.retire()).rejects.toThrow(/stands under v1/);
    } finally {
      await own.stop();
    }
  });
});

describe('what an answer costs', () => {
  it('is one read of a resident, whatever is known, and the keys of the index once a minute', async () => {
    const { client, calls } = cutClient(dynamoDb.client);
    const { store, refresh } = storeWithClock(client);
    const document = sampleDocument(5_000);
    await store.append(document, [endorsed('a')]);
    await store.find(document);
    calls.length = 0;
    await store.find(document);
    await store.find(sampleDocument(5_001));
    expect(calls).toEqual(['GetCommand', 'GetCommand']);
    refresh();
    await store.find(document);
    expect(calls.slice(2)).toEqual(['QueryCommand', 'GetCommand']);
    const { residentId } = (await store.find(document))!;
    calls.length = 0;
    await store.wrappedKeyOf(residentId);
    expect(calls).toEqual(['GetCommand']);
  });
});
