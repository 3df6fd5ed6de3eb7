import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import {
  type KeyOwner,
  type PartnerKey,
  PartnerStoreUnavailable,
} from '../../shared/domain/partners/partner-store.ts';
import { ApiKeyHashes } from '../../shared/security/api-keys/api-key-hashes.ts';
import { ApiKeyVerifier } from '../../shared/security/api-keys/api-key-verifier.ts';
import { issueKey, type KeyRequest } from '../../shared/security/api-keys/issue-key.ts';
import { DynamoHashKeyStore } from '../../shared/stores/dynamodb/dynamo-hash-key-store.ts';
import { DynamoPartnerStore } from '../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { partnerKeys } from '../../shared/stores/dynamodb/partner-items.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';

const table = tables.partners.name;
const now = Date.parse('2026-06-01T08:00:00Z');
const at = (days: number) => new Date(now + days * 86_400_000).toISOString();

let dynamoDb: TestDynamoDb;
let store: DynamoPartnerStore;
let hashes: ApiKeyHashes;
let owner: KeyOwner;
let owners = 0;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  store = new DynamoPartnerStore(dynamoDb.client, table);
  hashes = new ApiKeyHashes(new DynamoHashKeyStore(dynamoDb.client, table), memoryKeyStore());
});
afterAll(() => dynamoDb.stop());
beforeEach(async () => {
  owner = { kind: 'feed', id: `bureau-${++owners}` };
  await store.createOwner(owner, 'A bureau', at(0));
});

let ids = 0;
function keyOf(change: Partial<PartnerKey> = {}): PartnerKey {
  return {
    id: `ak_${String(++ids).padStart(10, '0')}`,
    owner,
    hash: `v1.${'a'.repeat(43)}`,
    scopes: ['registry:write'],
    ipRanges: [],
    createdAt: at(0),
    expiresAt: at(365),
    revokedAt: null,
    lastUsedOn: null,
    ...change,
  };
}

async function issue(change: Partial<KeyRequest> = {}, made = now) {
  const request: KeyRequest = {
    owner,
    scopes: ['registry:write'],
    ipRanges: [],
    days: 30,
    environment: 'test',
    ...change,
  };
  const issued = await issueKey(request, { store, hashes, now: made });
  if (issued.outcome !== 'added') throw new Error(issued.outcome);
  return issued;
}

function verifierAt(instant: number) {
  const faults: unknown[] = [];
  const verifier = new ApiKeyVerifier({
    store,
    hashes,
    environment: 'test',
    now: () => instant,
    onUseNotKept: (error) => faults.push(error),
    onExpiresSoon: () => {},
  });
  return { faults, verify: (text: string, from = '203.0.113.7') => verifier.verify(text, from) };
}

describe('the partner store', () => {
  it('gives a key back as it was added, and knows nothing of others', async () => {
    const key = keyOf({ ipRanges: ['203.0.113.0/24'] });
    await expect(store.addKey(key)).resolves.toBe('added');
    await expect(store.findKey(key.id)).resolves.toEqual(key);
    await expect(store.findKey('ak_zzzzzzzzzz')).resolves.toBeNull();
    const { id, createdAt, expiresAt } = key;
    await expect(store.findOwner(owner)).resolves.toEqual({
      ...owner,
      name: 'A bureau',
      createdAt: at(0),
      keys: [{ id, createdAt, expiresAt, revokedAt: null }],
    });
  });

  it('makes an owner once', async () => {
    await expect(store.createOwner(owner, 'Another', at(1))).resolves.toBe('exists');
    await expect(store.findOwner(owner)).resolves.toMatchObject({ name: 'A bureau' });
    const listed = await store.listOwners();
    expect(listed.filter(({ id }) => id === owner.id)).toHaveLength(1);
  });

  it('gives an unknown owner no key', async () => {
    await expect(store.addKey(keyOf({ owner: { kind: 'partner', id: owner.id } }))).resolves.toBe(
      'no-such-owner',
    );
  });

  it('gives an owner two live keys, and a third only when one has ended', async () => {
    const [first, second] = [keyOf(), keyOf({ expiresAt: at(10) })];
    await store.addKey(first);
    await store.addKey(second);
    await expect(store.addKey(keyOf())).resolves.toBe('too-many-keys');
    await store.revokeKey(first.id, at(1));
    await expect(store.addKey(keyOf({ createdAt: at(1) }))).resolves.toBe('added');
    await expect(store.addKey(keyOf({ createdAt: at(1) }))).resolves.toBe('too-many-keys');
    await expect(store.addKey(keyOf({ createdAt: at(10) }))).resolves.toBe('added');
  });

  it('gives two of ten who ask at once a key, however they get in each other’s way', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => store.addKey(keyOf())));
    const added = asked.filter((one) => one.status === 'fulfilled' && one.value === 'added');
    for (const one of asked) {
      if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(PartnerStoreUnavailable);
    }
    expect(added.length).toBeLessThanOrEqual(2);
    expect(added.length).toBeGreaterThan(0);
    expect((await store.findOwner(owner))?.keys).toHaveLength(added.length);
  });

  it('revokes a key for good, at the first instant that was said', async () => {
    const key = keyOf();
    await store.addKey(key);
    await expect(store.revokeKey(key.id, at(1))).resolves.toBe('revoked');
    await expect(store.revokeKey(key.id, at(2))).resolves.toBe('revoked-before');
    await expect(store.revokeKey('ak_zzzzzzzzzz', at(2))).resolves.toBe('unknown');
    await expect(store.findKey(key.id)).resolves.toMatchObject({ revokedAt: at(1) });
    await expect(store.findOwner(owner)).resolves.toMatchObject({ keys: [{ revokedAt: at(1) }] });
  });

  it('remembers the last day of use, never an earlier one, and makes no key by it', async () => {
    const key = keyOf();
    await store.addKey(key);
    for (const day of ['2026-06-02', '2026-06-01', '2026-06-02']) await store.markUsed(key.id, day);
    await expect(store.findKey(key.id)).resolves.toMatchObject({ lastUsedOn: '2026-06-02' });
    await store.markUsed('ak_yyyyyyyyyy', '2026-06-02');
    await expect(store.findKey('ak_yyyyyyyyyy')).resolves.toBeNull();
  });

  it('lets nobody in by an item of another form', async () => {
    const key = keyOf();
    await store.addKey(key);
    await dynamoDb.client.send(
      new UpdateCommand({
        TableName: table,
        Key: partnerKeys.key(key.id),
        UpdateExpression: 'REMOVE revokedAt',
      }),
    );
    await expect(store.findKey(key.id)).rejects.toThrow(PartnerStoreUnavailable);
  });
});

describe('an API key', () => {
  it('is its owner with the scopes it was given', async () => {
    const { id, text } = await issue({ ipRanges: ['203.0.113.0/24'] });
    await expect(verifierAt(now).verify(text)).resolves.toEqual({
      caller: { kind: 'feed', source: owner.id, key: id },
      scopes: ['registry:write'],
      ipRanges: ['203.0.113.0/24'],
      usageIdentifier: `permit-eligibility.feed.${owner.id}`,
    });
  });

  it('is refused by the very next look after it was revoked', async () => {
    const { id, text } = await issue();
    const { verify } = verifierAt(now);
    await verify(text);
    await store.revokeKey(id, at(0));
    await expect(verify(text)).rejects.toMatchObject({ reason: 'revoked' });
  });

  it('is good until the instant it expires', async () => {
    const { text } = await issue({ days: 30 });
    await expect(verifierAt(now + 30 * 86_400_000 - 1).verify(text)).resolves.toBeDefined();
    await expect(verifierAt(now + 30 * 86_400_000).verify(text)).rejects.toMatchObject({ reason: 'expired' });
  });

  it('is refused from elsewhere than it was given for', async () => {
    const { text } = await issue({ ipRanges: ['203.0.113.0/24', '2001:db8::/32'] });
    const { verify } = verifierAt(now);
    for (const from of ['203.0.113.255', '::ffff:203.0.113.1', '2001:db8:1::1']) {
      await expect(verify(text, from)).resolves.toBeDefined();
    }
    for (const from of ['203.0.114.0', '::ffff:203.0.114.1', '2001:db9::1', '', 'unknown']) {
      await expect(verify(text, from)).rejects.toMatchObject({ reason: 'network' });
    }
  });

  it('is known by its hash, not by its id', async () => {
    const [first, second] = [await issue(), await issue()];
    const { hash } = (await store.findKey(second.id))!;
    await dynamoDb.client.send(
      new UpdateCommand({
        TableName: table,
        Key: partnerKeys.key(first.id),
        UpdateExpression: 'SET #hash = :hash',
        ExpressionAttributeNames: { '#hash': 'hash' },
        ExpressionAttributeValues: { ':hash': hash },
      }),
    );
    await expect(verifierAt(now).verify(first.text)).rejects.toMatchObject({ reason: 'hash' });
  });

  it('leaves the day of its use, and is good also where that cannot be kept', async () => {
    const { id, text } = await issue();
    await verifierAt(now).verify(text);
    await expect(store.findKey(id)).resolves.toMatchObject({ lastUsedOn: '2026-06-01' });
    const failing = Object.assign(Object.create(store) as DynamoPartnerStore, {
      findKey: (asked: string) => store.findKey(asked),
      markUsed: () => Promise.reject(new PartnerStoreUnavailable('down')),
    });
    const faults: unknown[] = [];
    const verifier = new ApiKeyVerifier({
      store: failing,
      hashes,
      environment: 'test',
      now: () => now + 86_400_000,
      onUseNotKept: (error) => faults.push(error),
      onExpiresSoon: () => {},
    });
    await expect(verifier.verify(text, '')).resolves.toMatchObject({ caller: { key: id } });
    expect(faults).toHaveLength(1);
  });

  it('is nowhere in the table', async () => {
    const { text } = await issue();
    const { Items } = await dynamoDb.client.send(new ScanCommand({ TableName: table }));
    const dump = JSON.stringify(Items);
    expect(dump).toContain(text.slice(10, 20));
    expect(dump).not.toContain(text.slice(20, 40));
    expect(dump).not.toContain(text.slice(10, 21));
  });

  it('was hashed under one key, made once, also by many at once', async () => {
    const fresh = await startTestDynamoDb();
    try {
      const keyStore = memoryKeyStore();
      const keys = new DynamoHashKeyStore(fresh.client, table);
      const { readApiKey } = await import('../../shared/security/api-keys/api-key.ts');
      const { text } = await issue();
      const apiKey = readApiKey(text)!;
      const made = await Promise.all(
        Array.from({ length: 5 }, () => new ApiKeyHashes(keys, keyStore).of(apiKey)),
      );
      expect(new Set(made).size).toBe(1);
      await expect(keys.listHashKeys()).resolves.toHaveLength(1);
      await expect(new ApiKeyHashes(keys, keyStore).matches(apiKey, made[0]!)).resolves.toBe(true);
    } finally {
      await fresh.stop();
    }
  });
});
