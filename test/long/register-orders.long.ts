import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldEvents } from '../../shared/domain/register/fold-events.ts';
import { recordText } from '../../shared/domain/register/resident-record.ts';
import { seededChooser } from '../support/chooser.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { feedInOrder } from '../support/feed-in-order.ts';
import { residentStore, sampleDocument } from '../support/register.ts';
import { faultsOfRegister } from '../support/whole-register.ts';
import { generateEvents } from '../unit/register/generate-events.ts';
import { expectSameInOrders } from '../unit/register/same-in-orders.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';

const orders = Number(process.env.REGISTER_ORDERS ?? 1_000);
const seed = Number(process.env.REGISTER_SEED ?? 1);
const MINUTES = 60_000;

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
});
afterAll(() => dynamoDb.stop());

describe('the record of 200 events', () => {
  it(
    'is byte for byte the same in 1,000 orders in memory, some sent twice',
    () => {
      expectSameInOrders(1_000);
    },
    MINUTES,
  );

  it(
    `is byte for byte the same in ${orders} orders (seed ${seed}), some sent twice, by one feed or by three at once`,
    async () => {
      const store = residentStore(dynamoDb.client, memoryKeyStore(), { attempts: 100 });
      const events = generateEvents(seededChooser(seed), 200, 3);
      const expected = recordText(foldEvents(events));
      const started = performance.now();
      let [others, sent] = [0, 0];
      for (let order = 0; order < orders; order++) {
        const document = sampleDocument(order);
        const chooser = seededChooser(seed * 1_000_003 + order);
        // Every fiftieth order event by event, as a feed sends them; the rest in groups, as an import does.
        const most = order % 50 === 0 ? 1 : 100;
        const feeds = order % 3 === 0 ? 3 : 1;
        sent += await feedInOrder(chooser, store, document, events, { most, feeds });
        if (recordText((await store.find(document))!.record) !== expected) others++;
        if ((order + 1) % 100 === 0) console.log(`register orders: ${order + 1} of ${orders}`);
      }
      const seconds = (performance.now() - started) / 1_000;
      const perSecond = Math.round(sent / seconds);
      console.log(
        `register orders: ${orders} orders, ${sent} events sent in ${seconds.toFixed(0)} s (${perSecond}/s), ${others} with another record`,
      );
      expect(others).toBe(0);
      expect(await faultsOfRegister(dynamoDb.client)).toEqual([]);
    },
    60 * MINUTES,
  );
});
