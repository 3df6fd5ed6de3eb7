import { randomBytes } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import { packDigest } from '../../shared/domain/policy/digest.ts';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import { PolicyVersionCorrupted, PolicyVersionTooLarge } from '../../shared/domain/policy/policy-store.ts';
import { publishPolicy } from '../../shared/domain/policy/publish-policy.ts';
import { DynamoPolicyStore } from '../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { compressPack } from '../../shared/stores/dynamodb/pack-compression.ts';
import { policyKeys } from '../../shared/stores/dynamodb/policy-items.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { samplePack, samplePackOf } from '../support/sample-pack.ts';

const table = tables.policies.name;
const publishedAt = '2024-02-20T08:00:00.000Z';

let dynamoDb: TestDynamoDb;
let store: DynamoPolicyStore;
let policy: string;
let policies = 0;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  store = new DynamoPolicyStore(dynamoDb.client, table);
});
afterAll(() => dynamoDb.stop());
beforeEach(() => {
  policy = `city-${++policies}`;
});

/** Publishes without lint: here the store is looked at, not the packs. */
function publish(pack: Pack, maxAttempts?: number) {
  return publishPolicy(pack, {
    store,
    lint: () => [],
    publishedAt,
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  });
}

function storeOnce(pack: Pack, expectedRevision: number | null) {
  return store.publish(pack, packDigest(pack), publishedAt, expectedRevision);
}

describe('publishing', () => {
  it('keeps the pack as it was given, under its digest', async () => {
    const pack = samplePackOf(2020, policy);
    await expect(storeOnce(pack, null)).resolves.toBe('published');
    await expect(store.readVersion(policy, '2020-01-01')).resolves.toEqual({
      pack,
      digest: packDigest(pack),
    });
  });

  it('shows the versions in the order of their periods, whatever the order of publication', async () => {
    for (const year of [2022, 2020, 2021]) {
      await expect(publish(samplePackOf(year, policy))).resolves.toMatchObject({ outcome: 'published' });
    }
    const pointer = await store.readPointer(policy);
    expect(pointer?.revision).toBe(3);
    expect(pointer?.versions.map(({ version }) => version)).toEqual([
      '2020-01-01',
      '2021-01-01',
      '2022-01-01',
    ]);
    expect(pointer?.versions[0]).toEqual({
      version: '2020-01-01',
      digest: packDigest(samplePackOf(2020, policy)),
      effective: { from: '2020-01-01', until: '2020-12-31' },
      publishedAt,
    });
  });

  it('writes nothing when the pointer has moved', async () => {
    await storeOnce(samplePackOf(2020, policy), null);
    for (const stale of [null, 2]) {
      await expect(storeOnce(samplePackOf(2021, policy), stale)).resolves.toBe('pointer-moved');
    }
    await expect(store.readVersion(policy, '2021-01-01')).resolves.toBeNull();
    await expect(storeOnce(samplePackOf(2021, policy), 1)).resolves.toBe('published');
  });

  it('refuses a digest that is published, and leaves the pointer where it was', async () => {
    await storeOnce(samplePackOf(2020, policy), null);
    await expect(storeOnce(samplePackOf(2020, policy), 1)).resolves.toBe('digest-exists');
    await expect(store.readPointer(policy)).resolves.toMatchObject({ revision: 1 });
  });

  it('never replaces a version by another content', async () => {
    const original = samplePackOf(2020, policy);
    const edited = { ...original, title: { 'zh-CN': '改', en: 'edited' } };
    await storeOnce(original, null);
    await expect(storeOnce(edited, 1)).resolves.toBe('version-exists');
    await expect(store.readVersion(policy, '2020-01-01')).resolves.toEqual({
      pack: original,
      digest: packDigest(original),
    });
  });

  it('refuses a digest that is not that of the pack', async () => {
    const pack = samplePackOf(2020, policy);
    const other = packDigest(samplePackOf(2021, policy));
    await expect(store.publish(pack, other, publishedAt, null)).rejects.toThrow(TypeError);
    await expect(store.readPointer(policy)).resolves.toBeNull();
  });

  it('lets every one of many concurrent publishers in, one after the other', async () => {
    const years = [2020, 2021, 2022, 2023, 2024, 2025];
    const outcomes = await Promise.all(years.map((year) => publish(samplePackOf(year, policy), 50)));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(years.map(() => 'published'));
    const pointer = await store.readPointer(policy);
    expect(pointer?.revision).toBe(years.length);
    expect(pointer?.versions.map(({ version }) => version)).toEqual(years.map((year) => `${year}-01-01`));
  });

  it('publishes once when the same pack is published many times at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => publish(samplePackOf(2020, policy), 50)),
    );
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 'already-published'),
      'published',
    ]);
    await expect(store.readPointer(policy)).resolves.toMatchObject({ revision: 1 });
  });

  it('keeps a pack that is larger than an item may be', async () => {
    const condition = samplePack().conditions['valid-permit']!;
    const conditions = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`condition-${index}`, condition]),
    );
    const pack = { ...samplePackOf(2020, policy), conditions };
    expect(JSON.stringify(pack).length).toBeGreaterThan(400 * 1024);
    await expect(publish(pack)).resolves.toMatchObject({ outcome: 'published' });
    const read = await store.readVersion(policy, '2020-01-01');
    expect(read?.pack.conditions).toEqual(conditions);
  });

  it('says so when a pack does not fit even compressed, and writes nothing', async () => {
    const noise = randomBytes(600 * 1024).toString('base64');
    const pack = { ...samplePackOf(2020, policy), title: { 'zh-CN': noise, en: 'noise' } };
    await expect(publish(pack)).rejects.toThrow(PolicyVersionTooLarge);
    await expect(store.readPointer(policy)).resolves.toBeNull();
  });
});

describe('reading', () => {
  it('knows nothing of what was never published', async () => {
    await expect(store.readPointer(policy)).resolves.toBeNull();
    await expect(store.readVersion(policy, '2020-01-01')).resolves.toBeNull();
  });

  it('lists the pointer of every policy, sorted, by one query', async () => {
    await publish(samplePackOf(2020, `${policy}-b`));
    await publish(samplePackOf(2020, `${policy}-a`));
    const listed = (await store.listPointers()).map((pointer) => pointer.policy);
    expect(listed.filter((id) => id.startsWith(policy))).toEqual([`${policy}-a`, `${policy}-b`]);
    const { Count, LastEvaluatedKey } = await dynamoDb.client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': policyKeys.pointers },
      }),
    );
    expect([Count, LastEvaluatedKey]).toEqual([listed.length, undefined]);
  });

  it.each([
    [
      'another pack',
      async () => ({ pack: await compressPack(samplePack({ title: { 'zh-CN': '伪', en: 'forged' } })) }),
    ],
    ['bytes that are no pack', async () => ({ pack: new Uint8Array([1, 2, 3]) })],
    ['an unknown form of item', async () => ({ schemaVersion: 2 })],
  ])('refuses a stored version that was overwritten with %s', async (_, change) => {
    await publish(samplePackOf(2020, policy));
    const Key = policyKeys.version(policy, '2020-01-01');
    const { Item } = await dynamoDb.client.send(new GetCommand({ TableName: table, Key }));
    await dynamoDb.client.send(new PutCommand({ TableName: table, Item: { ...Item, ...(await change()) } }));
    await expect(store.readVersion(policy, '2020-01-01')).rejects.toThrow(PolicyVersionCorrupted);
  });
});
