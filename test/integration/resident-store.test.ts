import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { foldEvents } from '../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../shared/domain/register/register-event.ts';
import { recordText } from '../../shared/domain/register/resident-record.ts';
import { ResidentContended, ResidentCorrupted } from '../../shared/domain/register/resident-store.ts';
import type { DynamoResidentStore } from '../../shared/stores/dynamodb/dynamo-resident-store.ts';
import { seededChooser, shuffled } from '../support/chooser.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { feedInOrder } from '../support/feed-in-order.ts';
import { dumpResidents, residentStore, residentsTable, sampleDocument } from '../support/register.ts';
import { eventOn } from '../unit/register/events.ts';
import { generateEvents } from '../unit/register/generate-events.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';

const keyStore = memoryKeyStore();
let dynamoDb: TestDynamoDb;
let store: DynamoResidentStore;
let document: CanonicalDocument;
let residents = 0;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  store = residentStore(dynamoDb.client, keyStore);
});
afterAll(() => dynamoDb.stop());
beforeEach(() => {
  document = sampleDocument(++residents);
});

const endorsed = (on: string, eventId: string) => eventOn(on, { type: 'permit.endorsed' }, { eventId });
const paid = (eventId: string, from: string, to: string): RegisterEvent =>
  eventOn(
    '2024-01-01',
    { type: 'insurance.contributed', kinds: ['pension'], contributions: [{ from, to, kind: 'paid' }] },
    { eventId },
  );

async function recordOf(of: CanonicalDocument): Promise<string> {
  return recordText((await store.find(of))!.record);
}

describe('storing events', () => {
  it('makes a resident known, under an id that stays', async () => {
    await expect(store.find(document)).resolves.toBeNull();
    await expect(store.append(document, [endorsed('2024-01-01', 'a')])).resolves.toEqual(['applied']);
    const first = await store.find(document);
    expect(first).toMatchObject({
      document,
      residentId: expect.stringMatching(/^rs_[\w-]{22}$/),
      record: { permitEvents: [{ type: 'endorsed', on: '2024-01-01' }] },
    });
    await store.append(document, [endorsed('2024-02-01', 'b')]);
    const second = await store.find(document);
    expect([second?.residentId, second?.wrappedKey]).toEqual([first?.residentId, first?.wrappedKey]);
    await expect(store.wrappedKeyOf(first!.residentId)).resolves.toEqual(first?.wrappedKey);
    await expect(store.wrappedKeyOf('rs_nobody')).resolves.toBeNull();
  });

  it('says of each event, in order, whether it is new, and changes nothing for one that is not', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => endorsed('2024-01-01', id));
    await expect(store.append(document, [a!, a!])).resolves.toEqual(['applied', 'duplicate']);
    await expect(store.append(document, [b!, a!, c!, b!])).resolves.toEqual([
      'applied',
      'duplicate',
      'applied',
      'duplicate',
    ]);
    await expect(store.append(document, [c!, b!, a!])).resolves.toEqual(Array(3).fill('duplicate'));
    await expect(store.append(document, [])).resolves.toEqual([]);
  });

  it('takes what comes under a name that is there for the event that is there', async () => {
    await store.append(document, [paid('a', '2020-01', '2020-12')]);
    const before = await recordOf(document);
    await expect(store.append(document, [paid('a', '2022-01', '2022-12')])).resolves.toEqual(['duplicate']);
    expect(await recordOf(document)).toBe(before);
  });

  it('keeps the events of two bureaus apart that call theirs the same', async () => {
    const other = eventOn('2024-01-01', { type: 'permit.endorsed' }, { eventId: 'a', source: 'exit-entry' });
    await expect(store.append(document, [endorsed('2024-01-01', 'a'), other])).resolves.toEqual([
      'applied',
      'applied',
    ]);
  });

  it('stores more events of one resident than a transaction holds', async () => {
    const events = Array.from({ length: 250 }, (_, number) => paid(`e${number}`, '2020-01', '2020-12'));
    const outcomes = await store.append(document, [...events, ...events]);
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(250);
    expect(outcomes.slice(0, 250)).toEqual(Array(250).fill('applied'));
  });

  it('folds the record anew where something is taken back, by itself and with others', async () => {
    const voided = eventOn('2024-02-01', { type: 'insurance.voided', voids: 'a' });
    const events = [paid('a', '2020-01', '2020-12'), paid('b', '2020-06', '2021-06'), voided];
    await store.append(document, events.slice(0, 2));
    await store.append(document, [voided]);
    expect(await recordOf(document)).toBe(recordText(foldEvents(events)));
    const together = sampleDocument(++residents);
    await store.append(together, events);
    expect(await recordOf(together)).toBe(recordText(foldEvents(events)));
  });

  it('comes to the same record, byte for byte, in 10 orders of 200 events, some sent twice (npm run check:long: 1,000)', async () => {
    const events = generateEvents(seededChooser(3), 200, 3);
    const expected = recordText(foldEvents(events));
    for (let order = 0; order < 10; order++) {
      const resident = sampleDocument(++residents);
      await feedInOrder(seededChooser(order), store, resident, events, { most: 100 });
      if ((await recordOf(resident)) !== expected) throw new Error(`another record in order ${order}`);
    }
    expect(expected.length).toBeGreaterThan(1_000);
  });
});

describe('two feeds that write one resident at the same time', () => {
  it('both win, each event once', async () => {
    const events = generateEvents(seededChooser(5), 60, 5);
    const feeds = [store, residentStore(dynamoDb.client, keyStore), residentStore(dynamoDb.client, keyStore)];
    const outcomes = await Promise.all(
      events.slice(0, 6).map((event, number) => feeds[number % 3]!.append(document, [event])),
    );
    expect(outcomes.flat()).toEqual(Array(6).fill('applied'));
    const both = await Promise.all(
      feeds.map((own, number) => own.append(document, shuffled(seededChooser(number), events))),
    );
    const applied = both.flat().filter((outcome) => outcome === 'applied');
    expect(applied).toHaveLength(events.length - 6);
    expect(await recordOf(document)).toBe(recordText(foldEvents(events)));
  });

  it('make one resident of somebody both know first', async () => {
    const writers = Array.from({ length: 6 }, () => residentStore(dynamoDb.client, keyStore));
    await Promise.all(
      writers.map((own, number) => own.append(document, [endorsed('2024-01-01', `e${number}`)])),
    );
    const known = await store.find(document);
    const dump = await dumpResidents(dynamoDb.client);
    expect(dump.filter(({ pk }) => pk === `RESIDENT#${known?.residentId}`)).toHaveLength(6);
    const keys = dump.filter(({ type }) => type === 'resident-key');
    const records = dump.filter(({ type }) => type === 'resident-record');
    expect(keys).toHaveLength(records.length);
  });

  it('are told to come again when others keep coming first', async () => {
    await store.append(document, [endorsed('2024-01-01', 'a')]);
    const rival = residentStore(dynamoDb.client, keyStore);
    let pauses = 0;
    const slow = residentStore(
      dynamoDb.client,
      {
        ...keyStore,
        // Between reading and writing the key is opened: there the rival writes.
        unwrap: async (wrapped, context) => {
          const key = await keyStore.unwrap(wrapped, context);
          if (context.purpose === 'resident-data') {
            await rival.append(document, [endorsed('2024-01-01', `rival-${++pauses}`)]);
          }
          return key;
        },
      },
      { attempts: 3 },
    );
    await expect(slow.append(document, [endorsed('2024-01-01', 'b')])).rejects.toThrow(ResidentContended);
    expect(pauses).toBe(3);
    await expect(store.append(document, [endorsed('2024-01-01', 'b')])).resolves.toEqual(['applied']);
  });
});

describe('a record that does not fit into one item', () => {
  it('goes to further items, and nobody notices', async () => {
    const small = residentStore(dynamoDb.client, keyStore, { pieceBytes: 100 });
    const events = generateEvents(seededChooser(8), 60, 5);
    for (let from = 0; from < events.length; from += 10) {
      await small.append(document, events.slice(from, from + 10));
      expect(await recordOf(document)).toBe(recordText(foldEvents(events.slice(0, from + 10))));
    }
    const { residentId } = (await store.find(document))!;
    const parts = (await dumpResidents(dynamoDb.client)).filter(
      ({ pk, type }) => pk === `RESIDENT#${residentId}` && type === 'resident-part',
    );
    expect(parts.length).toBeGreaterThan(3);
    // A store with larger items goes on with the same parts: none is left behind with an old version.
    await store.append(document, [endorsed('2025-01-01', 'last')]);
    expect(await recordOf(document)).toBe(
      recordText(foldEvents([...events, endorsed('2025-01-01', 'last')])),
    );
  });
});

describe('what was tampered with', () => {
  async function recordItem(of: CanonicalDocument) {
    const { residentId } = (await store.find(of))!;
    const dump = await dumpResidents(dynamoDb.client);
    return dump.find((item) => item.type === 'resident-record' && item.residentId === residentId)!;
  }
  const put = (Item: Record<string, unknown>) =>
    dynamoDb.client.send(new PutCommand({ TableName: residentsTable, Item }));

  beforeEach(async () => {
    await store.append(document, [endorsed('2024-01-01', 'a')]);
  });

  it.each([
    [
      'an altered envelope',
      ({ payload }) => ({ payload: Buffer.from(payload as Uint8Array).fill(7, 20, 21) }),
    ],
    ['another id', () => ({ residentId: `rs_${'A'.repeat(22)}` })],
    ['a wrapped key of nobody', () => ({ dataKey: new Uint8Array(8) })],
    ['a form of another version', () => ({ schemaVersion: 2 })],
    ['parts that are not there', () => ({ parts: 2 })],
  ] as [string, (item: Record<string, unknown>) => object][])('is refused: %s', async (_, change) => {
    const item = await recordItem(document);
    await put({ ...item, ...change(item) });
    await expect(store.find(document)).rejects.toThrow(ResidentCorrupted);
    await expect(store.append(document, [endorsed('2024-01-01', 'b')])).rejects.toThrow(ResidentCorrupted);
  });

  it("is refused: somebody else's whole record under this person's index", async () => {
    const other = sampleDocument(++residents);
    await store.append(other, [endorsed('2024-01-01', 'a')]);
    const { pk, sk } = await recordItem(document);
    await put({ ...(await recordItem(other)), pk, sk });
    await expect(store.find(document)).rejects.toThrow(ResidentCorrupted);
  });

  it('is refused: an event moved to another name', async () => {
    const { residentId } = (await store.find(document))!;
    await store.append(document, [paid('p', '2020-01', '2020-02')]);
    const Key = { pk: `RESIDENT#${residentId}`, sk: 'EVENT#police#a' };
    const { Item } = await dynamoDb.client.send(new GetCommand({ TableName: residentsTable, Key }));
    await put({ ...Item!, sk: 'EVENT#police#z' } as Record<string, unknown>);
    const voided = eventOn('2024-02-01', { type: 'insurance.voided', voids: 'p' });
    await expect(store.append(document, [voided])).rejects.toThrow(ResidentCorrupted);
  });
});
