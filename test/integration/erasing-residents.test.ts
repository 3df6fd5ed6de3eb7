import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { openEnvelope, residentKeyContext, sealEnvelope } from '../../shared/security/envelope.ts';
import { KeyUnreadable } from '../../shared/security/key-store.ts';
import { DynamoIndexKeys } from '../../shared/stores/dynamodb/dynamo-index-keys.ts';
import type { DynamoResidentStore } from '../../shared/stores/dynamodb/dynamo-resident-store.ts';
import { createResidentEraser } from '../../shared/stores/dynamodb/resident-eraser.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { dumpResidents, residentStore, residentsTable, sampleDocument } from '../support/register.ts';
import { faultsOfRegister } from '../support/whole-register.ts';
import { eventOn } from '../unit/register/events.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';

const keyStore = memoryKeyStore();
const endorsed = eventOn('2024-01-01', { type: 'permit.endorsed' }, { eventId: 'a' });
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

function eraserOn(client: DynamoDBDocumentClient) {
  const index = new DynamoIndexKeys(client, residentsTable, keyStore);
  return createResidentEraser(client, residentsTable, keyStore, index);
}

async function all(ids: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const id of ids) found.push(id);
  return found;
}

/** All bytes in the table, by the key of their item. */
async function bytesInTable(): Promise<[string, Uint8Array][]> {
  return (await dumpResidents(dynamoDb.client)).flatMap((item) =>
    Object.values(item).flatMap((value): [string, Uint8Array][] =>
      value instanceof Uint8Array ? [[`${item.pk} ${item.sk}`, value]] : [],
    ),
  );
}

describe('erasing a resident', () => {
  it('leaves nothing that opens, in the table or sealed elsewhere, and nothing that tells who it was', async () => {
    await store.append(document, [endorsed]);
    const other = sampleDocument(++residents);
    await store.append(other, [endorsed]);
    const { residentId, wrappedKey } = (await store.find(document))!;
    const place = { residentId, item: 'dc_1' };
    const decision = sealEnvelope(
      await keyStore.unwrap(wrappedKey, residentKeyContext(residentId)),
      'decided',
      place,
    );
    const candidates = (await new DynamoIndexKeys(
      dynamoDb.client,
      residentsTable,
      keyStore,
    ).open())!.candidates(document);

    await expect(store.erase(document)).resolves.toBe('erased');

    await expect(store.find(document)).resolves.toBeNull();
    await expect(store.wrappedKeyOf(residentId)).resolves.toBeNull();
    const left = await bytesInTable();
    expect(left.length).toBeGreaterThan(0);
    for (const [key, bytes] of left) {
      // None of what is left is the key of what the person had, nor says so.
      const opened = keyStore
        .unwrap(bytes, residentKeyContext(residentId))
        .then((dataKey) => openEnvelope(dataKey, decision, place));
      await expect(opened, key).rejects.toThrow(KeyUnreadable);
    }
    const about = (await dumpResidents(dynamoDb.client)).filter((item) => {
      const text = JSON.stringify(item);
      return text.includes(residentId) || candidates.some((candidate) => text.includes(candidate));
    });
    expect(about).toEqual([{ pk: 'ERASED', sk: residentId, type: 'erased-resident', schemaVersion: 1 }]);
    await expect(store.find(other)).resolves.toMatchObject({ document: other });
  });

  it('takes events that come later for those of somebody new, also those that were there before', async () => {
    await store.append(document, [endorsed]);
    const before = await store.find(document);
    await store.erase(document);
    await expect(store.append(document, [endorsed])).resolves.toEqual(['applied']);
    const after = await store.find(document);
    expect(after?.residentId).not.toBe(before?.residentId);
    expect(after?.wrappedKey).not.toEqual(before?.wrappedKey);
    await expect(store.wrappedKeyOf(before!.residentId)).resolves.toBeNull();
    expect(await faultsOfRegister(dynamoDb.client)).toEqual([]);
  });

  it('says so when nothing is known of them', async () => {
    await expect(store.erase(document)).resolves.toBe('unknown');
  });

  it('is not undone by a feed that read the record before', async () => {
    await store.append(document, [endorsed]);
    const slow = residentStore(dynamoDb.client, {
      ...keyStore,
      // Between reading and writing the key is opened: there the erasure comes in.
      unwrap: async (wrapped, context) => {
        const key = await keyStore.unwrap(wrapped, context);
        if (context.purpose === 'resident-data') await store.erase(document);
        return key;
      },
    });
    const late = eventOn('2024-02-01', { type: 'permit.endorsed' }, { eventId: 'b' });
    await expect(slow.append(document, [late])).resolves.toEqual(['applied']);
    expect((await store.find(document))?.record.permitEvents).toHaveLength(1);
    expect(await faultsOfRegister(dynamoDb.client)).toEqual([]);
  });

  it('and writing at the same time leave the register whole', async () => {
    const events = Array.from({ length: 8 }, (_, number) =>
      eventOn('2024-01-01', { type: 'permit.endorsed' }, { eventId: `e${number}` }),
    );
    await store.append(document, [endorsed]);
    await Promise.all([
      ...events.map((event) =>
        residentStore(dynamoDb.client, keyStore, { attempts: 50 }).append(document, [event]),
      ),
      residentStore(dynamoDb.client, keyStore, { attempts: 50 }).erase(document),
    ]);
    await store.erase(document);
    expect(await faultsOfRegister(dynamoDb.client)).toEqual([]);
    await expect(store.find(document)).resolves.toBeNull();
  });
});

describe('after a restore that brought erased residents back', () => {
  it('erases them again by their ids, whoever they are now', async () => {
    await store.append(document, [endorsed]);
    const { residentId } = (await store.find(document))!;
    const backup = await dumpResidents(dynamoDb.client);
    await store.erase(document);
    const list = await all(eraserOn(dynamoDb.client).erased());
    expect(list).toContain(residentId);

    const restored = await startTestDynamoDb();
    try {
      for (const Item of backup) {
        await restored.client.send(new PutCommand({ TableName: residentsTable, Item }));
      }
      const again = residentStore(restored.client, keyStore);
      await expect(again.find(document)).resolves.toMatchObject({ residentId });
      const eraser = eraserOn(restored.client);
      await expect(eraser.eraseById(residentId)).resolves.toBe('erased');
      await expect(again.find(document)).resolves.toBeNull();
      await expect(eraser.eraseById(residentId)).resolves.toBe('unknown');
      // Somebody erased and unknown to the backup is on the list of the restored table, too.
      await eraser.eraseById(`rs_${'B'.repeat(22)}`);
      expect(await all(eraser.erased())).toEqual(
        expect.arrayContaining([residentId, `rs_${'B'.repeat(22)}`]),
      );
      expect(await faultsOfRegister(restored.client)).toEqual([]);
    } finally {
      await restored.stop();
    }
  });
});
