import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { streamedTables } from '../../functions/stream/streamed-tables.ts';
import { tables } from '../../infra/tables.ts';
import { consent, consentList } from '../../shared/contract/me/consents.ts';
import { covers } from '../../shared/domain/consents/consent.ts';
import { consentKeys } from '../../shared/stores/dynamodb/consent-items.ts';
import { DynamoConsentStore } from '../../shared/stores/dynamodb/dynamo-consent-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { textOfItems, tracesIn } from '../support/canary.ts';
import { cityPack } from '../support/city-pack.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { type FaultyClient, faultyClient } from '../support/faulty-client.ts';
import {
  canonical,
  type RegisterApi,
  registerApi,
  residentCaller,
  sampleNumber,
} from '../support/register-api.ts';
import { eventOn } from '../unit/register/events.ts';

const table = tables.decisions.name;
const permit = eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' });
const other = { type: 'resident-id', number: '000000189901010022' } as const;
const body = {
  partner: 'school-1',
  services: ['legal.aid'],
  purpose: 'school-admission',
  until: '2024-12-31',
} as const;

let dynamoDb: TestDynamoDb;
let faulty: FaultyClient;
let api: RegisterApi;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  await new DynamoPartnerTerms(dynamoDb.client, tables.partners.name).createPartner(
    'school-1',
    'A school',
    {
      services: null,
      purposes: ['school-admission'],
      lawfulBasis: 'consent',
      checksADay: 10,
      personsADay: 10,
    },
    '2024-01-01T00:00:00.000Z',
  );
});
afterAll(() => dynamoDb.stop());
beforeEach(async () => {
  faulty = faultyClient(dynamoDb.client);
  // Noon of 1 June 2024 in Shanghai.
  api = await registerApi({ client: faulty.client, packs: [cityPack()], defaultPolicy: 'city' });
  await api.residents.append(canonical(), [permit]);
});

const key = (text: string) => ({ headers: { 'Idempotency-Key': text } });
const residentId = async () => (await api.residents.find(canonical()))!.residentId;
const items = async (id: string) => {
  const { Items = [] } = await dynamoDb.client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': consentKeys.collection(id) },
    }),
  );
  return Items;
};

describe('a consent', () => {
  it('is given, listed and withdrawn', async () => {
    const given = await api.consents('POST', { body });
    expect([given.status, given.headers['Cache-Control']]).toEqual([201, 'no-store']);
    expect(consent.parse(given.json)).toEqual({
      consentId: expect.stringMatching(/^cn_/),
      ...body,
      givenAt: '2024-06-01T04:00:00.000Z',
      withdrawnAt: null,
      active: true,
    });
    const { json: list } = await api.consents('GET');
    expect(consentList.parse(list)).toEqual({ consents: [given.json] });

    api.clock.now += 60_000;
    const ended = { ...given.json, withdrawnAt: '2024-06-01T04:01:00.000Z', active: false };
    const id = given.json.consentId;
    expect(await api.consents('DELETE', { id })).toMatchObject({ status: 200, json: ended });
    api.clock.now += 60_000;
    expect(await api.consents('DELETE', { id })).toMatchObject({ status: 200, json: ended });
    expect((await api.consents('GET')).json).toEqual({ consents: [ended] });
  });

  it.each([
    // Today, and the corresponding day of next year.
    ['2024-05-31', '/until'],
    ['2024-06-01', null],
    ['2025-06-01', null],
    ['2025-06-02', '/until'],
  ])('may reach until %s: %s', async (until, pointer) => {
    const { status, json } = await api.consents('POST', { body: { ...body, until } });
    expect([status, json.errors?.[0]?.pointer ?? null]).toEqual([pointer === null ? 201 : 422, pointer]);
  });

  it('is counted in the days of Shanghai', async () => {
    api.clock.now = Date.parse('2024-06-01T15:59:59Z');
    const { json } = await api.consents('POST', { body: { ...body, until: '2024-06-01' } });
    expect(json.active).toBe(true);
    api.clock.now += 1_000;
    expect((await api.consents('GET')).json.consents[0]).toMatchObject({ active: false, withdrawnAt: null });
    expect(await api.consents('POST', { body: { ...body, until: '2024-06-01' } })).toMatchObject({
      status: 422,
    });
  });

  it('names what there is, and all that is wrong is said at once', async () => {
    const wrong = { ...body, partner: 'nobody', services: ['legal.aid', 'moon.trip'], until: '2026-01-01' };
    const { status, json } = await api.consents('POST', { body: wrong, ...key(sampleNumber) });
    const found = json.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]);
    expect([status, found]).toEqual([
      422,
      [
        ['/partner', 'unknown-partner'],
        ['/services/1', 'unknown-service'],
        ['/until', 'too-large'],
        ['/headers/idempotency-key', 'mentions-number'],
      ],
    ]);
  });

  it.each([
    [{ services: [] }, '/services'],
    [{ purpose: 'curiosity' }, '/purpose'],
    [{ until: '2024-02-30' }, '/until'],
    [{ why: 'x' }, '/why'],
  ])('is refused with %j', async (change, pointer) => {
    const { status, json } = await api.consents('POST', { body: { ...body, ...change } });
    expect([status, json.errors[0].pointer]).toEqual([422, pointer]);
  });

  it('is one under its idempotency key, and answered as it was first', async () => {
    const first = await api.consents('POST', { body, ...key('k-1') });
    await api.consents('DELETE', { id: first.json.consentId });
    api.clock.now += 400 * 86_400_000;
    const late = await api.consents('POST', { body, ...key('k-1') });
    // What could be asked then cannot be now, but it was answered.
    expect(await api.consents('POST', { body, ...key('k-2') })).toMatchObject({ status: 422 });
    api.clock.now -= 399 * 86_400_000;
    for (const replayed of [late, await api.consents('POST', { body, ...key('k-1') })]) {
      expect([replayed.status, replayed.text]).toEqual([201, first.text]);
      expect(replayed.headers).toMatchObject({ 'Idempotent-Replayed': 'true' });
    }
    const another = { ...body, services: ['housing.public-rental'] };
    expect(await api.consents('POST', { body: another, ...key('k-1') })).toMatchObject({
      status: 422,
      json: { code: 'idempotency-key-reused' },
    });
    expect((await api.consents('GET')).json.consents).toHaveLength(1);
  });

  it('is one, given by a hundred requests at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => api.consents('POST', { body, ...key('at-once') })),
    );
    expect(new Set(answers.map(({ text }) => text.replace(/"givenAt":"[^"]+"/, ''))).size).toBe(1);
    expect(answers.filter(({ headers }) => 'Idempotent-Replayed' in headers)).toHaveLength(99);
    expect(await items(await residentId())).toHaveLength(1);
  });

  it('is the same when the answer of the table was lost on the way', async () => {
    faulty.cutAfter(1, 'after');
    expect(await api.consents('POST', { body, ...key('lost') })).toMatchObject({ status: 503 });
    const again = await api.consents('POST', { body, ...key('lost') });
    expect([again.status, again.headers['Idempotent-Replayed']]).toEqual([201, 'true']);
  });

  it('of somebody else looks like one there is not', async () => {
    await api.residents.append(canonical(other), [permit]);
    const { json } = await api.consents('POST', { body });
    const caller = residentCaller(other.number);
    const answers = [];
    for (const id of [json.consentId, `cn_${'0'.repeat(32)}`, 'mine']) {
      const { status, json: problem } = await api.consents('DELETE', { id, caller });
      answers.push(JSON.stringify([status, problem]));
    }
    expect([...new Set(answers)]).toEqual([expect.stringMatching(/^\[404,.*"consent-not-found"/)]);
    expect((await api.consents('GET')).json.consents[0].active).toBe(true);
    expect((await api.consents('GET', { caller })).json.consents).toEqual([]);
  });

  it.each([
    ['GET', {}],
    ['POST', { body }],
    ['DELETE', { id: `cn_${'0'.repeat(32)}` }],
  ] as const)('is not had by who is not registered: %s', async (method, sent) => {
    expect(await api.consents(method, { ...sent, caller: residentCaller(other.number) })).toMatchObject({
      status: 404,
      json: { code: 'resident-not-found' },
    });
  });

  it.each([
    ['GET', {}],
    ['POST', { body }],
    ['DELETE', { id: `cn_${'0'.repeat(32)}` }],
  ] as const)('is not guessed at while the table does not answer: %s', async (method, sent) => {
    faulty.cutNext = 'before';
    expect(await api.consents(method, sent)).toMatchObject({ status: 503, json: { code: 'unavailable' } });
  });
});

describe('a consent as it is kept', () => {
  it('says in clear neither to whom nor what for, and goes three years after it ended', async () => {
    const { json } = await api.consents('POST', { body });
    const [item] = await items(await residentId());
    expect(
      tracesIn(textOfItems([item!]), ['school-1', 'legal.aid', 'school-admission', sampleNumber]),
    ).toEqual([]);
    // Three years, one of them long, after the day until which it held is over in Shanghai.
    expect(item!.expiresAt).toBe(Date.parse('2028-01-01T16:00:00Z') / 1_000);
    await api.consents('DELETE', { id: json.consentId });
    const [ended] = await items(await residentId());
    expect(ended!.expiresAt).toBe(Date.parse('2027-06-02T04:00:00Z') / 1_000);
    const { kinds } = streamedTables.decisions;
    const kind = kinds.find(({ pk, sk }) => pk.test(item!.pk) && sk.test(item!.sk));
    expect(kind?.kind).toBe('consent');
  });

  it('is unreadable once its resident was erased', async () => {
    await api.consents('POST', { body });
    const by = (await api.residents.find(canonical()))!;
    await api.residents.erase(canonical());
    expect(await api.consents('GET')).toMatchObject({ status: 404 });
    // Whoever has the table has no key for what stands there.
    const store = new DynamoConsentStore(dynamoDb.client, table, {
      ...api.keyStore,
      unwrap: () => Promise.reject(new Error('gone')),
    });
    expect(await items(by.residentId)).toHaveLength(1);
    await expect(store.listOf(by)).rejects.toThrow(/did not answer/);
  });

  it('does not open in the place of another, nor altered', async () => {
    const first = (await api.consents('POST', { body })).json.consentId;
    const second = (await api.consents('POST', { body: { ...body, services: ['housing.public-rental'] } }))
      .json.consentId;
    const id = await residentId();
    const { Item } = await dynamoDb.client.send(
      new GetCommand({ TableName: table, Key: consentKeys.consent(id, second) }),
    );
    await dynamoDb.client.send(
      new UpdateCommand({
        TableName: table,
        Key: consentKeys.consent(id, first),
        UpdateExpression: 'SET content = :content',
        ExpressionAttributeValues: { ':content': Item!.content },
      }),
    );
    expect(await api.consents('GET')).toMatchObject({ status: 500 });
  });
});

describe('what a consent covers', () => {
  const given = {
    id: 'cn_1',
    ...body,
    givenAt: '2024-06-01T04:00:00.000Z',
    withdrawnAt: null,
  };
  const asked = { partner: 'school-1', service: 'legal.aid', purpose: 'school-admission' } as const;
  it.each([
    [{}, {}, '2024-12-31', true],
    [{}, {}, '2025-01-01', false],
    [{ withdrawnAt: '2024-06-02T00:00:00.000Z' }, {}, '2024-06-02', false],
    [{}, { partner: 'school-2' }, '2024-06-02', false],
    [{}, { service: 'housing.public-rental' }, '2024-06-02', false],
    [{}, { purpose: 'legal-aid' } as const, '2024-06-02', false],
  ])('with %j, asked %j on %s: %s', (change, question, today, expected) => {
    expect(covers({ ...given, ...change }, { ...asked, ...question }, today)).toBe(expected);
  });
});
