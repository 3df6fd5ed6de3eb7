import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  partner as partnerBody,
  partnerKeyList,
  partnerPage,
  shownPartnerKey,
} from '../../shared/contract/admin/response.ts';
import { PolicyStoreUnavailable } from '../../shared/domain/policy/policy-store.ts';
import { ApiKeyVerifier } from '../../shared/security/api-keys/api-key-verifier.ts';
import { adminApi } from '../support/admin-api.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { type FaultyClient, faultyClient } from '../support/faulty-client.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';

const terms = {
  services: ['legal.aid', 'housing.public-rental'],
  purposes: ['legal-aid'],
  lawfulBasis: 'consent',
  checksADay: 100,
  personsADay: 10,
};

let dynamoDb: TestDynamoDb;
const keyStore = memoryKeyStore();
let faulty: FaultyClient;
let api: ReturnType<typeof adminApi>;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
});
afterAll(() => dynamoDb.stop());

let partners = 0;
let id: string;
beforeEach(() => {
  faulty = faultyClient(dynamoDb.client);
  api = adminApi(faulty.client, keyStore);
  id = `school-${++partners}`;
});

const create = (change: object = {}, key?: string) =>
  api.send('POST', '', {
    body: { partnerId: id, name: 'A school', terms, ...change },
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
  });
const makeKey = (body: object = {}, key?: string, path = { id }) =>
  api.send('POST', '/{id}/keys', {
    path,
    body,
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
  });

describe('a third party', () => {
  it('is added with its terms, and shown with them', async () => {
    const { status, json, headers } = await create();
    expect(status).toBe(201);
    expect(headers).not.toHaveProperty('Idempotent-Replayed');
    expect(partnerBody.parse(json)).toEqual({
      partnerId: id,
      name: 'A school',
      createdAt: '2026-06-01T08:00:00.000Z',
      liveKeys: 0,
      terms,
    });
    expect(await api.send('GET', '/{id}', { path: { id } })).toMatchObject({ status: 200, json });
    expect(api.messages).toContainEqual({
      name: 'partnerChanged',
      fields: { operationId: 'createPartner', partner: id, staff: 'operator-1' },
    });
  });

  it('is added once, however often, and is nobody else under the same id', async () => {
    const first = await create();
    api.clock.now += 5_000;
    const again = await create({ terms: { ...terms, services: terms.services.toReversed() } });
    expect(again).toMatchObject({ status: 201, json: first.json });
    expect(again.headers).toMatchObject({ 'Idempotent-Replayed': 'true' });
    for (const other of [{ name: 'Another' }, { terms: { ...terms, personsADay: 11 } }]) {
      expect(await create(other)).toMatchObject({ status: 409, json: { code: 'partner-exists' } });
    }
    expect(api.messages.filter(({ name }) => name === 'partnerChanged')).toHaveLength(1);
  });

  it('is what the first request under its idempotency key made it, whatever became of it', async () => {
    const key = `first-${id}`;
    const first = await create({}, key);
    expect(first.headers).not.toHaveProperty('Idempotent-Replayed');
    api.clock.now += 5_000;
    await api.send('PUT', '/{id}/terms', { path: { id }, body: { ...terms, checksADay: 1 } });
    await makeKey();
    const again = await create({}, key);
    expect(again).toMatchObject({ status: 201, json: first.json });
    expect(again.headers).toMatchObject({ 'Idempotent-Replayed': 'true' });
    const others = [
      { name: 'Another' },
      { partnerId: `${id}-b` },
      { terms: { ...terms, personsADay: 11 } },
      { terms: { ...terms, services: terms.services.toReversed() } },
    ];
    for (const other of others) {
      expect(await create(other, key)).toMatchObject({
        status: 422,
        json: { code: 'idempotency-key-reused' },
      });
    }
    expect(await api.send('GET', '/{id}', { path: { id: `${id}-b` } })).toMatchObject({ status: 404 });
    // Another key is another request, and so is none.
    expect(await create({ partnerId: `${id}-b` }, `second-${id}`)).toMatchObject({ status: 201 });
    expect(await create({ partnerId: `${id}-c` })).toMatchObject({ status: 201 });
    expect(await create({}, `third-${id}`)).toMatchObject({ status: 409, json: { code: 'partner-exists' } });
  });

  it('that stands already takes the key it is sent again under', async () => {
    const first = await create();
    const again = await create({}, `late-${id}`);
    expect(again).toMatchObject({ status: 201, json: first.json });
    expect(again.headers).toMatchObject({ 'Idempotent-Replayed': 'true' });
    expect(await create({ partnerId: `${id}-b` }, `late-${id}`)).toMatchObject({ status: 422 });
  });

  it('is added once by many requests at once, one key or several', async () => {
    const answers = await Promise.all(
      ['a', 'a', 'a', 'b', undefined].map((key) => create({}, key && `${key}-${id}`)),
    );
    expect(new Set(answers.map(({ status, json }) => JSON.stringify([status, json]))).size).toBe(1);
    const fresh = answers.filter(({ headers }) => !('Idempotent-Replayed' in headers));
    expect(fresh).toHaveLength(1);
  });

  it('is neither added nor remembered where the transaction was not written', async () => {
    faulty.cutNext = 'before';
    expect(await create({}, `cut-${id}`)).toMatchObject({ status: 503 });
    const made = await create({ name: 'Another' }, `cut-${id}`);
    expect([made.status, made.json.name]).toEqual([201, 'Another']);
    expect(made.headers).not.toHaveProperty('Idempotent-Replayed');
  });

  it.each([
    [{ partnerId: 'School' }, '/partnerId'],
    [{ partnerId: 'p-1398765' }, '/partnerId'],
    [{ terms: { ...terms, purposes: [] } }, '/terms/purposes'],
    [{ terms: { ...terms, purposes: ['curiosity'] } }, '/terms/purposes/0'],
    [{ terms: { ...terms, checksADay: 0 } }, '/terms/checksADay'],
    [{ terms: { ...terms, lawfulBasis: 'interest' } }, '/terms/lawfulBasis'],
    [{ phone: '1' }, '/phone'],
  ])('is refused with %j, and where it is wrong is said', async (change, pointer) => {
    const { status, json } = await create(change);
    expect([status, json.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      [pointer],
    ]);
  });

  it('may ask about services of the policy, and no others', async () => {
    const typed = { ...terms, services: ['legal.aid', 'legal.ad', 'no.such'] };
    const unknown = (json: { errors: { pointer: string; code: string }[] }) =>
      json.errors.map(({ pointer, code }) => [pointer, code]);
    const refused = await create({ terms: typed });
    expect([refused.status, refused.json.code, unknown(refused.json)]).toEqual([
      422,
      'unknown-service',
      [
        ['/terms/services/1', 'unknown-service'],
        ['/terms/services/2', 'unknown-service'],
      ],
    ]);
    expect(await api.send('GET', '/{id}', { path: { id } })).toMatchObject({ status: 404 });
    await create();
    const changed = await api.send('PUT', '/{id}/terms', { path: { id }, body: typed });
    expect([changed.status, unknown(changed.json)]).toEqual([
      422,
      [
        ['/services/1', 'unknown-service'],
        ['/services/2', 'unknown-service'],
      ],
    ]);
    expect(await api.send('GET', '/{id}', { path: { id } })).toMatchObject({ json: { terms } });
  });

  it('is 503 where it cannot be told whether there is a service, and is not asked where all may be', async () => {
    api.policies.fault = new PolicyStoreUnavailable('down');
    expect(await create()).toMatchObject({ status: 503 });
    expect(await create({ terms: { ...terms, services: null } })).toMatchObject({ status: 201 });
  });

  it('may have its terms changed', async () => {
    await create();
    const changed = { ...terms, services: null, lawfulBasis: 'statutory-duty' };
    const { status, json } = await api.send('PUT', '/{id}/terms', { path: { id }, body: changed });
    expect([status, json.terms]).toEqual([200, changed]);
    expect(await create()).toMatchObject({ status: 409 });
  });

  it('is one of many, in pages', async () => {
    for (let n = 0; n < 5; n++) {
      id = `page-${n}`;
      await create();
    }
    const seen: string[] = [];
    let pageToken: string | null = null;
    for (let page = 0; page === 0 || pageToken !== null; page++) {
      const query = { pageSize: '2', ...(pageToken !== null && { pageToken }) };
      const { status, json } = await api.send('GET', '', { query });
      expect(status).toBe(200);
      const parsed = partnerPage.parse(json);
      expect(parsed.partners.length).toBeLessThanOrEqual(2);
      seen.push(...parsed.partners.map(({ partnerId }) => partnerId));
      pageToken = parsed.nextPageToken;
    }
    expect(seen).toEqual(seen.toSorted());
    expect(seen.filter((each) => each.startsWith('page-'))).toHaveLength(5);
    const all = await api.send('GET', '', { query: { pageSize: '100' } });
    expect(partnerPage.parse(all.json).partners.map(({ partnerId }) => partnerId)).toEqual(seen);
    expect(all.json.nextPageToken).toBeNull();
  });

  it.each([
    [{ pageSize: '0' }, 422],
    [{ pageSize: '101' }, 422],
    [{ pageToken: 'mine' }, 400],
    [{ colour: 'red' }, 422],
  ])('is not listed by %j', async (query, status) => {
    expect(await api.send('GET', '', { query })).toMatchObject({ status });
  });

  it.each([
    ['GET', '/{id}', undefined],
    ['PUT', '/{id}/terms', terms],
    ['GET', '/{id}/keys', undefined],
    ['POST', '/{id}/keys', {}],
  ])('that there is not is 404: %s %s', async (method, resource, body) => {
    const sent = { path: { id: 'nobody' }, ...(body !== undefined && { body }) };
    expect(await api.send(method, resource, sent)).toMatchObject({
      status: 404,
      json: { code: 'partner-not-found' },
    });
  });
});

describe('a key of a third party', () => {
  beforeEach(async () => {
    await create();
  });

  it('is shown once, good from then on, and listed without itself', async () => {
    const { status, json } = await makeKey({ ipRanges: ['203.0.113.0/24'], days: 30 });
    expect(status).toBe(201);
    const { keyId, key } = shownPartnerKey.parse(json);
    const verifier = new ApiKeyVerifier({
      store: api.partners,
      hashes: api.hashes,
      environment: 'test',
      now: () => api.clock.now,
      onUseNotKept: () => {},
      onExpiresSoon: () => {},
    });
    await expect(verifier.verify(key, '203.0.113.7')).resolves.toMatchObject({
      caller: { kind: 'partner', partner: id },
      scopes: ['partner:check'],
    });
    const listed = await api.send('GET', '/{id}/keys', { path: { id } });
    expect(partnerKeyList.parse(listed.json)).toEqual({
      keys: [
        {
          keyId,
          scopes: ['partner:check'],
          ipRanges: ['203.0.113.0/24'],
          createdAt: '2026-06-01T08:00:00.000Z',
          expiresAt: '2026-07-01T08:00:00.000Z',
          revokedAt: null,
          lastUsedOn: '2026-06-01',
        },
      ],
    });
    expect(JSON.stringify([listed.json, api.messages])).not.toContain(key.slice(22));
    expect(await api.send('GET', '/{id}', { path: { id } })).toMatchObject({ json: { liveKeys: 1 } });
  });

  it('is made once under an idempotency key, and named but never shown again', async () => {
    const { json: first } = await makeKey({ days: 30 }, 'k-1');
    api.clock.now += 60_000;
    const again = await makeKey({ days: 30 }, 'k-1');
    expect(again).toMatchObject({ status: 409, json: { code: 'api-key-shown-before' } });
    expect(again.json.errors[0].detail).toContain(first.keyId);
    expect(JSON.stringify(again.json)).not.toContain(first.key.slice(22));
    expect(await makeKey({ days: 31 }, 'k-1')).toMatchObject({
      status: 422,
      json: { code: 'idempotency-key-reused' },
    });
    const { json: list } = await api.send('GET', '/{id}/keys', { path: { id } });
    expect(list.keys).toHaveLength(1);
    // Another third party's is another request.
    const other = `${id}-b`;
    await create({ partnerId: other });
    expect(await makeKey({ days: 30 }, 'k-1', { id: other })).toMatchObject({ status: 201 });
  });

  it('is made once by many requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => makeKey({}, 'at-once')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
  });

  it('is one of two at most', async () => {
    await makeKey();
    await makeKey();
    expect(await makeKey()).toMatchObject({ status: 409, json: { code: 'too-many-api-keys' } });
  });

  it.each([
    [{ ipRanges: ['203.0.113.0/24', '203.0.113.1'] }, '/ipRanges/1'],
    [{ days: 366 }, '/days'],
    [{ days: 0 }, '/days'],
    [{ scopes: ['registry:write'] }, '/scopes/0'],
  ])('is not made with %j', async (body, pointer) => {
    const { status, json } = await makeKey(body);
    expect([status, json.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      [pointer],
    ]);
  });

  it('ends when it is told to, and again changes nothing', async () => {
    const { json: made } = await makeKey();
    const path = { id, keyId: made.keyId };
    const ended = await api.send('DELETE', '/{id}/keys/{keyId}', { path });
    expect(ended).toMatchObject({ status: 200, json: { revokedAt: '2026-06-01T08:00:00.000Z' } });
    api.clock.now += 60_000;
    expect(await api.send('DELETE', '/{id}/keys/{keyId}', { path })).toMatchObject({ json: ended.json });
    const changes = api.messages.filter(
      ({ name, fields }) => name === 'partnerChanged' && fields.operationId === 'revokePartnerKey',
    );
    expect(changes).toEqual([
      {
        name: 'partnerChanged',
        fields: { operationId: 'revokePartnerKey', partner: id, keyId: made.keyId, staff: 'operator-1' },
      },
    ]);
  });

  it('of somebody else looks like one there is not', async () => {
    const { json: made } = await makeKey();
    const other = `${id}-b`;
    await create({ partnerId: other });
    await api.partners.createOwner(
      { kind: 'feed', id: `${id}-feed` },
      'A bureau',
      '2026-06-01T08:00:00.000Z',
    );
    const answers = [];
    for (const path of [
      { id: other, keyId: made.keyId },
      { id: other, keyId: 'ak_0000000000' },
      { id: 'nobody', keyId: made.keyId },
      { id: `${id}-feed`, keyId: made.keyId },
      { id, keyId: 'mine' },
    ]) {
      const { status, json } = await api.send('DELETE', '/{id}/keys/{keyId}', { path });
      answers.push(JSON.stringify([status, json]));
    }
    expect([...new Set(answers)]).toEqual([expect.stringMatching(/^\[404,.*"api-key-not-found"/)]);
    expect((await api.partners.findKey(made.keyId))?.revokedAt).toBeNull();
  });
});

describe('the partners table not answering', () => {
  it.each([
    ['GET', '', {}],
    ['POST', '', { body: { partnerId: 'school-x', name: 'A school', terms } }],
    ['GET', '/{id}', { path: { id: 'school-1' } }],
    ['DELETE', '/{id}/keys/{keyId}', { path: { id: 'school-1', keyId: 'ak_0000000000' } }],
  ])('is 503: %s %s', async (method, resource, sent) => {
    faulty.cutNext = 'before';
    expect(await api.send(method, resource, sent)).toMatchObject({
      status: 503,
      json: { code: 'unavailable' },
    });
  });
});
