import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessLog } from '../../shared/contract/me/access-log.ts';
import { seededChooser } from '../support/chooser.ts';
import { cityPack } from '../support/city-pack.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { type FaultyClient, faultyClient } from '../support/faulty-client.ts';
import { looksAndEntries } from '../support/looks-at-random.ts';
import { sampleDocument } from '../support/register.ts';
import { clerk, type RegisterApi, registerApi, residentCaller } from '../support/register-api.ts';
import { eventOn } from '../unit/register/events.ts';

let dynamoDb: TestDynamoDb;
let faulty: FaultyClient;
let api: RegisterApi;
/** Nobody twice: accesses are never removed. */
let person = sampleDocument(600);
let persons = 600;

const check = () => ({ document: person, purpose: 'application', caseNumber: '2024-WH-00317' });
const self = () => ({ caller: residentCaller(person.number) });
const elsewhere = { ...clerk, district: '510104' } as const;
const log = async (query: Record<string, string> = {}) => {
  const { status, json } = await api.me('access-log', { ...self(), query });
  expect(status).toBe(200);
  return accessLog.parse(json);
};

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
});
afterAll(() => dynamoDb.stop());
beforeEach(async () => {
  faulty = faultyClient(dynamoDb.client);
  api = await registerApi({ client: faulty.client, packs: [cityPack()], defaultPolicy: 'city' });
  person = sampleDocument(++persons);
  await api.residents.append(person, [
    eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' }),
    eventOn('2024-01-01', { type: 'household.updated', household: { size: 3 } }),
  ]);
});

describe('the log of accesses', () => {
  it('tells every look at once, the newest first: who, when, which services, why, in which case', async () => {
    await api.me('eligibility', { ...self(), query: { services: 'legal.aid' } });
    api.clock.now += 1_000;
    await api.me('record', self());
    api.clock.now += 1_000;
    const { json: checked } = await api.check({ ...check(), services: ['legal.aid'] });
    api.clock.now += 1_000;
    await api.decision(checked.checkId);
    api.clock.now += 1_000;
    await api.replay(checked.checkId);
    api.clock.now += 1_000;
    const byClerk = { kind: 'clerk', district: '510107', post: 'window-3' };
    const common = { outsideDistrictReason: null, disclosed: true, accessId: expect.any(String) };
    const own = { by: { kind: 'resident' }, purpose: null, caseNumber: null, decisionId: null, ...common };
    const reviewed = {
      by: byClerk,
      purpose: 'review',
      caseNumber: '2024-WH-00317',
      services: ['legal.aid'],
      decisionId: checked.checkId,
      ...common,
    };
    expect(await log()).toEqual({
      nextPageToken: null,
      accesses: [
        { at: '2024-06-01T04:00:04.000Z', operation: 'replayDecision', ...reviewed },
        { at: '2024-06-01T04:00:03.000Z', operation: 'getDecision', ...reviewed },
        {
          at: '2024-06-01T04:00:02.000Z',
          operation: 'createCounterCheck',
          ...reviewed,
          purpose: 'application',
        },
        { at: '2024-06-01T04:00:01.000Z', operation: 'getMyRecord', services: null, ...own },
        { at: '2024-06-01T04:00:00.000Z', operation: 'getMyEligibility', services: ['legal.aid'], ...own },
      ],
    });
    api.clock.now += 1_000;
    expect((await log()).accesses[0]).toMatchObject({ operation: 'getMyAccessLog', services: null });
  });

  it('names no clerk, and nothing of the person', async () => {
    await api.check(check());
    const { text } = await api.me('access-log', self());
    for (const value of [clerk.subject, person.number, 'sub-1']) expect(text).not.toContain(value);
  });

  it('holds a repeated request as another look, and one that was refused as none', async () => {
    const headers = { 'Idempotency-Key': 'once' };
    await api.check(check(), { headers });
    await api.check(check(), { headers });
    await api.check({ ...check(), caseNumber: 'other' }, { headers });
    await api.check({ ...check(), purpose: 'curiosity' });
    expect((await log()).accesses.map(({ operation }) => operation)).toEqual([
      'createCounterCheck',
      'createCounterCheck',
    ]);
  });

  it('comes in pages, each look on one of them', async () => {
    for (let look = 0; look < 7; look++) {
      await api.me('record', self());
      api.clock.now += look % 2;
    }
    const seen: string[] = [];
    let query: Record<string, string> = { pageSize: '3' };
    for (let pages = 1; ; pages++) {
      const { accesses, nextPageToken } = await log(query);
      seen.push(...accesses.map(({ accessId }) => accessId));
      if (nextPageToken === null) {
        expect(pages).toBe(3);
        break;
      }
      expect(nextPageToken).not.toContain('2024');
      query = { pageSize: '3', pageToken: nextPageToken };
    }
    expect(new Set(seen).size).toBe(7);
  });

  it.each<[string, (token: string) => string | Promise<string>]>([
    ['was altered', (token) => `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`],
    ['was cut short', (token) => token.slice(0, 20)],
    ['is none', () => 'x'],
    [
      'is another person’s',
      async () => {
        const other = sampleDocument(++persons);
        await api.residents.append(other, [
          eventOn('2024-01-01', { type: 'household.updated', household: { size: 1 } }),
        ]);
        const caller = residentCaller(other.number);
        await api.me('record', { caller });
        await api.me('record', { caller });
        return (await api.me('access-log', { caller, query: { pageSize: '1' } })).json.nextPageToken;
      },
    ],
  ])('refuses a page token that %s', async (_, change) => {
    await api.me('record', self());
    await api.me('record', self());
    const { nextPageToken } = await log({ pageSize: '1' });
    const pageToken = await change(nextPageToken!);
    const { status, json } = await api.me('access-log', { ...self(), query: { pageSize: '1', pageToken } });
    expect([status, json.code, json.errors]).toMatchObject([
      400,
      'malformed-request',
      [{ pointer: '/query/pageToken', code: 'bad-page-token' }],
    ]);
  });

  it.each([['0'], ['101'], ['many'], ['1.5']])('takes no page of %s', async (pageSize) => {
    const { status, json } = await api.me('access-log', { ...self(), query: { pageSize } });
    expect([status, json.errors[0].pointer]).toEqual([422, '/query/pageSize']);
  });

  it('is not there for somebody who is not registered', async () => {
    const caller = residentCaller(sampleDocument(599).number);
    expect((await api.me('access-log', { caller })).json.code).toBe('resident-not-found');
  });
});

describe('a look that cannot be recorded', () => {
  it.each<[string, () => Promise<{ status: number; text: string }>]>([
    ['eligibility', () => api.me('eligibility', self())],
    ['record', () => api.me('record', self())],
    ['check', () => api.check(check())],
  ])('is not answered: %s', async (_, ask) => {
    faulty.cutNext = 'before';
    const { status, text } = await ask();
    expect(status).toBe(503);
    for (const value of ['legal.aid', 'household', 'permit']) expect(text).not.toContain(value);
    expect((await ask()).status).toBeLessThan(300);
  });

  it('is not answered: decision, replay', async () => {
    const { json } = await api.check(check());
    for (const ask of [api.decision, api.replay]) {
      // The decision is read first.
      faulty.cutAfter(1, 'before');
      const { status, text } = await ask(json.checkId);
      expect(status).toBe(503);
      expect(text).not.toContain('legal.aid');
      expect((await ask(json.checkId)).status).toBe(200);
    }
  });
});

describe('a clerk of another district', () => {
  it('needs a stated reason, which is kept, logged and counted', async () => {
    const refused = await api.check(check(), { caller: elsewhere });
    expect([refused.status, refused.json.errors]).toMatchObject([
      422,
      [{ pointer: '/outsideDistrictReason', code: 'outside-district' }],
    ]);
    const body = { ...check(), outsideDistrictReason: 'transferred-case' };
    const { status, json } = await api.check(body, { caller: elsewhere });
    expect(status).toBe(201);
    expect((await log()).accesses).toMatchObject([
      { by: { district: '510104' }, outsideDistrictReason: 'transferred-case' },
    ]);
    expect(api.looksOutsideDistrict()).toBe(1);
    expect(api.messages).toContainEqual({
      name: 'lookedOutsideDistrict',
      fields: { decisionId: json.checkId, reason: 'transferred-case' },
    });
  });

  it.each([
    ['their own district', { district: '510107' }],
    ['a clerk of the whole city', { district: '510100' }],
  ])('is not whoever works in %s', async (_, place) => {
    const { status } = await api.check(check(), { caller: { ...clerk, ...place } });
    expect(status).toBe(201);
    expect((await log()).accesses[0]?.outsideDistrictReason).toBeNull();
    expect(api.looksOutsideDistrict()).toBe(0);
  });

  it.each([
    ['nobody registered', []],
    [
      'somebody of no district of the city',
      [eventOn('2024-01-01', { type: 'hukou.moved', areaCode: '513425' })],
    ],
  ])('needs none for %s', async (_, events) => {
    person = sampleDocument(++persons);
    if (events.length > 0) await api.residents.append(person, events);
    expect((await api.check(check(), { caller: elsewhere })).status).toBe(201);
  });

  it('finds no decision of another district, read or replayed, as if there were none', async () => {
    const { json } = await api.check(check());
    const unknown = await api.decision(`dc_${'z'.repeat(32)}`, { caller: elsewhere });
    for (const answer of [
      await api.decision(json.checkId, { caller: elsewhere }),
      await api.replay(json.checkId, { caller: elsewhere }),
    ]) {
      expect(answer.status).toBe(404);
      expect({ ...answer.json, requestId: '' }).toEqual({ ...unknown.json, requestId: '' });
    }
    expect((await log()).accesses).toHaveLength(1);
    const ofTheCity = { ...clerk, district: '510100' };
    expect((await api.decision(json.checkId, { caller: ofTheCity })).status).toBe(200);
  });
});

describe('accesses and entries of the audit', () => {
  it('are one to one, whatever was asked and whatever failed', async () => {
    const other = sampleDocument(++persons);
    const asked = [person, other, sampleDocument(598)];
    await api.residents.append(other, [eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510104' })]);
    const { figures, entries } = await looksAndEntries(seededChooser(3), { api, faulty }, asked, 400);
    expect(figures.answered).toBeGreaterThan(150);
    expect(figures.lost).toBeGreaterThan(5);
    expect(entries).toBe(figures.answered + figures.lost);
  });
});
