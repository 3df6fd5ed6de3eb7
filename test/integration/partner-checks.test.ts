import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { counterOperations } from '../../functions/counter/routes.ts';
import { partnerCheck, partnerCheckResults } from '../../shared/contract/partner/response.ts';
import type { PartnerTerms } from '../../shared/domain/partners/partner-terms.ts';
import { ResidentStoreUnavailable } from '../../shared/domain/register/resident-store.ts';
import { CachedPolicyHistories } from '../../shared/stores/cached-policy-histories.ts';
import { cityPack } from '../support/city-pack.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { type FaultyClient, faultyClient } from '../support/faulty-client.ts';
import { type PartnerApi, partnerApi, standingPace } from '../support/partner-api.ts';
import { sampleDocument as numbered } from '../support/register.ts';
import { canonical, clerk, sampleDocument } from '../support/register-api.ts';
import { eventOn } from '../unit/register/events.ts';

const permit = eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' });
const poor = eventOn('2024-01-01', { type: 'household.updated', household: { size: 3 } });
const stranger = numbered(77);
const check = { document: sampleDocument, services: ['legal.aid'], purpose: 'legal-aid' } as const;

let dynamoDb: TestDynamoDb;
let faulty: FaultyClient;
let pace: ReturnType<typeof standingPace>;
let api: PartnerApi;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
});
afterAll(() => dynamoDb.stop());
beforeEach(async () => {
  faulty = faultyClient(dynamoDb.client);
  pace = standingPace();
  api = await partnerApi({ client: faulty.client, packs: [cityPack()], defaultPolicy: 'city', pace });
  await api.residents.append(canonical(), [permit, poor]);
});

const key = (text: string) => ({ 'Idempotency-Key': text });
const withoutId = ({ checkId: _, ...rest }: Record<string, unknown>) => JSON.stringify(rest);

describe('a check of a third party', () => {
  beforeEach(async () => {
    await api.agree();
    await api.consent();
  });

  it('is answered with outcome and validity, and nothing else', async () => {
    const services = ['legal.aid', 'housing.public-rental'];
    const { status, json, headers } = await api.check({ ...check, services });
    expect(status).toBe(201);
    expect(headers).toMatchObject({ 'Cache-Control': 'no-store' });
    expect(partnerCheck.parse(json)).toEqual({
      checkId: expect.stringMatching(/^dc_/),
      asOf: '2024-06-01',
      services: [
        { code: 'legal.aid', outcome: 'eligible', validFrom: null, validUntil: '2024-12-31' },
        { code: 'housing.public-rental', outcome: 'undetermined', validFrom: null, validUntil: null },
      ],
    });
  });

  it('tells from when, where it is not yet', async () => {
    const later = numbered(81);
    await api.residents.append(later, [
      eventOn('2022-01-01', { type: 'permit.issued', areaCode: '510107' }),
      eventOn('2024-01-01', { type: 'household.updated', household: { annualIncome: 200_000 } }),
    ]);
    await api.consent({}, later);
    const { json } = await api.check({ ...check, document: later });
    expect(json.services[0]).toMatchObject({ outcome: 'not_eligible', validUntil: null });
    const { outcome } = (await api.decisions.read(json.checkId))!.decision;
    expect(json.services[0].validFrom).toBe(JSON.parse(outcome).services[0].eligibleFrom);
  });

  it('is kept with who asked, what for and on what ground, and can be decided again', async () => {
    const consentId = await api.consent({ services: ['legal.aid'] });
    const { json } = await api.check({ ...check, consentId });
    const kept = (await api.decisions.read(json.checkId))!.decision;
    expect(kept).toMatchObject({
      caller: { kind: 'partner', partner: api.partner, key: 'ak_0000000001' },
      purpose: 'legal-aid',
      caseNumber: null,
      ground: { lawfulBasis: 'consent', consents: [consentId], answered: ['legal.aid'] },
      answer: JSON.stringify(json),
    });
    const { log, measures, decisions, residents } = api;
    const histories = new CachedPolicyHistories(api.policies);
    const now = () => api.clock.now;
    const world = { histories, defaultPolicy: 'city', now, randomBytes };
    const { audit, reviews } = api;
    const counter = counterOperations({ ...world, decisions, residents, audit, reviews, log, measures });
    const input = {
      path: { id: json.checkId },
      query: undefined,
      body: undefined,
      language: 'en',
      caller: clerk,
      idempotencyKey: null,
    } as const;
    const replay = await counter.replayDecision({ ...input, operationId: 'replayDecision' });
    expect(replay.body).toMatchObject({ identical: true });
    // The counter's page of decisions is for what was decided at a counter.
    await expect(counter.getDecision({ ...input, operationId: 'getDecision' })).rejects.toMatchObject({
      code: 'decision-not-found',
    });
  });

  it('is made once under an idempotency key, by any key of the third party', async () => {
    const first = await api.check(check, key('k-1'));
    const other = { kind: 'partner', partner: api.partner, key: 'ak_0000000002' };
    const again = await api.check(check, key('k-1'), other);
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers).toMatchObject({ 'Idempotent-Replayed': 'true' });
    expect(first.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(await api.check({ ...check, asOf: '2024-06-02' }, key('k-1'))).toMatchObject({
      status: 422,
      json: { code: 'idempotency-key-reused' },
    });
  });

  it('is answered as if there had never been a consent, from its withdrawal on', async () => {
    const id = await api.consent({ purpose: 'housing-allocation' });
    const asked = { ...check, purpose: 'housing-allocation' };
    expect((await api.check(asked)).json.services[0].outcome).toBe('eligible');
    await api.consents.withdraw(id, '2024-06-01T04:00:00.000Z', (await api.residents.find(canonical()))!);
    expect((await api.check(asked)).json.services[0].outcome).toBe('undetermined');
  });

  it.each([
    [{ document: { type: 'resident-id', number: '000000189912310013' } }, '/document/number'],
    [{ services: [] }, '/services'],
    [{ services: Array(21).fill('legal.aid') }, '/services'],
    [{ purpose: 'curiosity' }, '/purpose'],
    [{ facts: {} }, '/facts'],
    [{ asOf: '2023-12-31' }, '/asOf'],
  ])('is refused with %j before anything is read of a person', async (change, pointer) => {
    const before = api.residents.reads.residents;
    const { status, json } = await api.check({ ...check, ...change });
    expect([status, json.errors[0].pointer]).toEqual([422, pointer]);
    expect(api.residents.reads.residents).toBe(before);
    expect(JSON.stringify(json)).not.toContain('000000189912310013');
  });

  it('is refused to whom nothing was agreed with', async () => {
    const caller = { kind: 'partner', partner: 'nobody', key: 'ak_0000000001' };
    expect(await api.check(check, {}, caller)).toMatchObject({ status: 403 });
  });

  it('is 503 while the register does not answer', async () => {
    api.residents.fault = new ResidentStoreUnavailable('down');
    expect(await api.check(check)).toMatchObject({ status: 503, json: { code: 'unavailable' } });
  });
});

describe('what may not be said', () => {
  const cases: Record<string, (world: PartnerApi) => Promise<object>> = {
    'of somebody who is not registered': async () => ({ document: stranger }),
    'without consent': async () => ({}),
    'with a consent that was withdrawn': async (world) => {
      const id = await world.consent();
      await world.consents.withdraw(
        id,
        '2024-05-02T00:00:00.000Z',
        (await world.residents.find(canonical()))!,
      );
      return { consentId: id };
    },
    'with a consent past its last day': async (world) => ({
      consentId: await world.consent({ until: '2024-05-31' }),
    }),
    'with the consent of somebody else': async (world) => {
      await world.residents.append(stranger, [permit]);
      return { consentId: await world.consent({}, stranger) };
    },
    'with a consent to somebody else': async (world) => {
      await world.consent({ partner: 'school-x' });
      return {};
    },
    'for a purpose outside the terms': async (world) => {
      await world.consent({ purpose: 'care-admission' });
      return { purpose: 'care-admission' };
    },
    'of a service outside the terms': async (world) => {
      await world.consent();
      await world.terms.setTerms(
        world.partner,
        {
          ...((await world.terms.termsOf(world.partner)) as PartnerTerms),
          services: ['housing.public-rental'],
        },
        '2024-01-02T00:00:00.000Z',
      );
      return {};
    },
    'because too little is known': async (world) => {
      const little = numbered(78);
      await world.residents.append(little, [poor]);
      await world.consent({}, little);
      return { document: little };
    },
  };

  it.each(Object.entries(cases))(
    '%s looks like what is not known, in body and headers',
    async (_, prepare) => {
      await api.agree();
      const change = await prepare(api);
      const { status, json, headers } = await api.check({ ...check, ...change });
      expect([status, withoutId(json)]).toEqual([
        201,
        JSON.stringify({
          asOf: '2024-06-01',
          services: [{ code: 'legal.aid', outcome: 'undetermined', validFrom: null, validUntil: null }],
        }),
      ]);
      const { RateLimit, 'RateLimit-Policy': policy, ...rest } = headers;
      expect([RateLimit, policy]).toEqual(['"day";r=99999;t=43200', '"day";q=100000;w=86400']);
      expect(Object.keys(rest).sort()).toEqual([
        'Cache-Control',
        'Content-Language',
        'Content-Security-Policy',
        'Content-Type',
        'Referrer-Policy',
        'Strict-Transport-Security',
        'Vary',
        'X-Content-Type-Options',
        'X-Request-Id',
      ]);
      expect(pace.slept).toEqual([200]);
    },
  );

  it('of a service there is not is as undetermined, beside those there are', async () => {
    await api.agree();
    await api.consent({ services: ['legal.aid', 'moon.trip'] });
    const { json } = await api.check({ ...check, services: ['moon.trip', 'legal.aid', 'moon.trip'] });
    expect(json.services.map((each: { code: string; outcome: string }) => [each.code, each.outcome])).toEqual(
      [
        ['moon.trip', 'undetermined'],
        ['legal.aid', 'eligible'],
        ['moon.trip', 'undetermined'],
      ],
    );
    expect(await api.check({ ...check, services: ['moon.trip'] })).toMatchObject({ status: 201 });
  });

  it('takes the same reads and writes as an answer', async () => {
    await api.agree();
    await api.consent();
    const sent: string[] = [];
    for (const change of [
      {},
      { document: stranger },
      { purpose: 'care-admission' },
      { services: ['moon.trip'] },
      { consentId: `cn_${'9'.repeat(32)}` },
    ]) {
      // Seen before on this day: what a first look costs more is the same for all.
      await api.check({ ...check, ...change });
      faulty.reset();
      const before = api.residents.reads.residents;
      await api.check({ ...check, ...change });
      sent.push([...faulty.sent, `find ${api.residents.reads.residents - before}`].join());
    }
    expect(new Set(sent)).toEqual(
      new Set([
        'GetCommand,UpdateCommand,QueryCommand,TransactWriteCommand,QueryCommand,TransactWriteCommand,find 1',
      ]),
    );
  });

  it('keeps nothing of the record in the decision', async () => {
    await api.agree();
    const { json } = await api.check(check);
    expect((await api.decisions.read(json.checkId))?.decision).toMatchObject({
      question: { resident: {} },
      ground: { lawfulBasis: 'consent', consents: [], answered: [] },
    });
  });
});

describe('a third party the law asks to find out', () => {
  it('needs no consent, and is told no more than that', async () => {
    await api.agree({ lawfulBasis: 'statutory-duty' });
    const { json } = await api.check(check);
    expect(json.services[0].outcome).toBe('eligible');
    expect((await api.decisions.read(json.checkId))?.decision).toMatchObject({
      ground: { lawfulBasis: 'statutory-duty', consents: [], answered: ['legal.aid'] },
    });
    expect((await api.check({ ...check, purpose: 'care-admission' })).json.services[0].outcome).toBe(
      'undetermined',
    );
  });
});

describe('the limits of a day', () => {
  it('count every check, and say truly what is left', async () => {
    await api.agree({ checksADay: 3 });
    const left = [];
    for (let n = 0; n < 3; n++) left.push((await api.check(check)).headers.RateLimit);
    expect(left).toEqual(['"day";r=2;t=43200', '"day";r=1;t=43200', '"day";r=0;t=43200']);
    const refused = await api.check(check);
    expect(refused).toMatchObject({
      status: 429,
      json: { code: 'quota-exceeded', retryable: true },
      headers: {
        'Retry-After': '43200',
        RateLimit: '"day";r=0;t=43200',
        'RateLimit-Policy': '"day";q=3;w=86400',
      },
    });
    expect(pace.slept).toEqual([200, 200, 200, 200]);
    api.clock.now += 43_200_000;
    expect((await api.check(check)).headers.RateLimit).toBe('"day";r=2;t=86400');
  });

  it('count persons, those nobody knows too, and none twice', async () => {
    await api.agree({ personsADay: 2 });
    const statuses = [];
    for (const document of [sampleDocument, stranger, sampleDocument, numbered(79), stranger]) {
      const { status, json } = await api.check({ ...check, document });
      statuses.push(status === 201 ? status : json.code);
    }
    expect(statuses).toEqual([201, 201, 201, 'person-budget-exhausted', 201]);
    const refused = await api.check({ ...check, document: numbered(80) });
    expect(refused).toMatchObject({ status: 429, headers: { 'Retry-After': '43200' } });
    expect(refused.headers.RateLimit).toBe('"day";r=99994;t=43200');
  });

  it('are told to operators once when they are nearly used up', async () => {
    await api.agree({ checksADay: 10, personsADay: 5 });
    const after = [];
    for (let n = 0; n < 10; n++) {
      await api.check({ ...check, document: numbered(100 + Math.min(n, 4)) });
      after.push(api.nearLimits.join());
    }
    expect(after.map((said) => said.split(',').filter(Boolean).length)).toEqual([
      0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
    ]);
    expect(api.nearLimits).toEqual(['persons', 'checks']);
    expect(api.messages.filter(({ name }) => name === 'partnerNearLimit')).toEqual([
      { name: 'partnerNearLimit', fields: { partner: api.partner, limited: 'persons', count: 4 } },
      { name: 'partnerNearLimit', fields: { partner: api.partner, limited: 'checks', count: 8 } },
    ]);
  });
});

describe('what is asked for again under its key', () => {
  const left = ({ headers }: { headers: Record<string, unknown> }) => headers.RateLimit;

  beforeEach(async () => {
    await api.agree({ checksADay: 2, personsADay: 1 });
    await api.consent();
  });

  it('costs nothing, and is answered when nothing is left of the day', async () => {
    const first = await api.check(check, key('k-1'));
    expect(left(first)).toBe('"day";r=1;t=43200');
    const again = await api.check(check, key('k-1'));
    expect([again.status, again.text, left(again)]).toEqual([201, first.text, '"day";r=1;t=43200']);
    expect(left(await api.check(check))).toBe('"day";r=0;t=43200');
    const last = await api.check(check, key('k-1'));
    expect(last).toMatchObject({ status: 201, text: first.text, headers: { 'Idempotent-Replayed': 'true' } });
    const other = { ...check, document: stranger };
    expect(await api.check(other, key('k-1'))).toMatchObject({ status: 422 });
    for (const headers of [{}, key('k-2')])
      expect(await api.check(check, headers)).toMatchObject({
        status: 429,
        json: { code: 'quota-exceeded' },
      });
  });

  it('is answered on the next day too, whomever that one was used up by', async () => {
    const first = await api.check(check, key('k-1'));
    api.clock.now += 43_200_000;
    await api.check({ ...check, document: stranger });
    await api.check({ ...check, document: stranger });
    expect(await api.check(check, key('k-1'))).toMatchObject({ status: 201, text: first.text });
    expect(await api.check(check, key('k-3'))).toMatchObject({ status: 429 });
  });

  it('is counted once when it is sent many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.check(check, key('at-once'))));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(left(await api.check(check, key('at-once')))).toBe('"day";r=1;t=43200');
  });

  it('is counted once when it was cut off before it was answered, and makes one answer of one count', async () => {
    // Terms, quota and its sum, the person of the day, the consents; then decision and entry in one.
    faulty.cutAfter(5, 'before');
    expect(await api.check(check, key('cut'))).toMatchObject({ status: 503 });
    const second = await api.check(check, key('cut'));
    expect([second.status, left(second)]).toEqual([201, '"day";r=1;t=43200']);
    expect(second.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(await api.check({ ...check, asOf: '2024-06-02' }, key('cut'))).toMatchObject({ status: 422 });
    expect(left(await api.check(check, key('cut')))).toBe('"day";r=1;t=43200');
  });

  it('does not pass the budget of persons where the first did not', async () => {
    await api.check(check);
    const other = { ...check, document: stranger };
    for (let n = 0; n < 2; n++) {
      expect(await api.check(other, key('k-4'))).toMatchObject({
        status: 429,
        json: { code: 'person-budget-exhausted' },
      });
    }
    expect(left(await api.check(check, key('k-4')))).toBe('"day";r=0;t=43200');
  });

  it('is what it was in a batch as well, and only what is new is counted', async () => {
    const items = [check, check];
    const first = await api.batch(items, key('b-1'));
    expect(left(first)).toBe('"day";r=0;t=43200');
    const again = await api.batch(items, key('b-1'));
    expect(again).toMatchObject({
      status: 207,
      text: first.text,
      headers: { 'Idempotent-Replayed': 'true' },
    });
    const more = await api.batch([check, { ...check, document: stranger }, check], key('b-1'));
    expect(
      more.json.results.map(({ problem }: { problem: { code: string } | null }) => problem?.code),
    ).toEqual([undefined, 'idempotency-key-reused', 'quota-exceeded']);
    expect(await api.batch(items, key('b-2'))).toMatchObject({ status: 429 });
  });
});

describe('a batch of checks', () => {
  beforeEach(async () => {
    await api.agree({ checksADay: 6, personsADay: 3 });
    await api.consent();
  });

  it('answers each item by itself, in order', async () => {
    const items = [
      check,
      { ...check, document: stranger },
      { ...check, purpose: 'curiosity' },
      'not an item',
      { ...check, document: { type: 'resident-id', number: '000000189912310013' } },
      check,
    ];
    const { status, json, headers } = await api.batch(items);
    expect(status).toBe(207);
    const { results } = partnerCheckResults.parse(json);
    expect(
      results.map(({ check: made, problem }) => made?.services[0]?.outcome ?? problem?.errors[0]?.pointer),
    ).toEqual([
      'eligible',
      'undetermined',
      '/items/2/purpose',
      '/items/3',
      '/items/4/document/number',
      'eligible',
    ]);
    expect(headers.RateLimit).toBe('"day";r=3;t=43200');
    const single = await api.check(check);
    expect(withoutId(results[0]!.check!)).toBe(withoutId(single.json));
  });

  it('refuses the items there is no quota or no budget for, and no others', async () => {
    const items = Array.from({ length: 8 }, (_, n) => ({ ...check, document: numbered(200 + n) }));
    const { json } = await api.batch(items);
    const codes = partnerCheckResults.parse(json).results.map(({ problem }) => problem?.code ?? 'checked');
    expect(codes.toSorted()).toEqual([
      ...Array(3).fill('checked'),
      ...Array(3).fill('person-budget-exhausted'),
      ...Array(2).fill('quota-exceeded'),
    ]);
    expect(codes.slice(6)).toEqual(['quota-exceeded', 'quota-exceeded']);
    expect(await api.batch([check])).toMatchObject({ status: 429, json: { code: 'quota-exceeded' } });
  });

  it('is made once under an idempotency key', async () => {
    const items = [check, { ...check, document: stranger }];
    const first = await api.batch(items, key('b-1'));
    const again = await api.batch(items, key('b-1'));
    expect(again.text).toBe(first.text);
    expect(again.headers).toMatchObject({ 'Idempotent-Replayed': 'true' });
    const changed = await api.batch([{ ...check, asOf: '2024-06-02' }, items[1]], key('b-1'));
    expect(
      changed.json.results.map(({ problem }: { problem: { code: string } | null }) => problem?.code),
    ).toEqual(['idempotency-key-reused', undefined]);
  });

  it('is answered for whom the register answers, and 503 when it answers for nobody', async () => {
    api.residents.faults.set(stranger.number, new ResidentStoreUnavailable('down'));
    const { status, json } = await api.batch([{ ...check, document: stranger }, check]);
    expect(status).toBe(207);
    expect(json.results[0]).toMatchObject({ status: 'refused', problem: { code: 'unavailable' } });
    expect(json.results[1]).toMatchObject({ status: 'checked' });
    expect(api.messages.filter(({ name }) => name === 'partnerCheckFailed')).toHaveLength(1);
    api.residents.fault = new ResidentStoreUnavailable('down');
    expect(await api.batch([check])).toMatchObject({ status: 503 });
  });

  it.each([
    [[], '/items'],
    [Array(101).fill(check), '/items'],
  ])('is refused as a whole when it is none', async (items, pointer) => {
    const { status, json } = await api.batch(items);
    expect([status, json.errors[0].pointer]).toEqual([422, pointer]);
  });
});

describe('a look of a third party', () => {
  const looksAt = async (document: ReturnType<typeof numbered>) => {
    const known = await api.residents.find(document);
    return (await api.audit.accesses(known!.residentId, { limit: 100, before: null })).entries;
  };

  it('is in the audit before it is answered, with whether anything was said', async () => {
    const someone = numbered(90);
    await api.residents.append(someone, [
      eventOn('2022-01-01', { type: 'permit.issued', areaCode: '510107' }),
    ]);
    await api.agree();
    const refused = await api.check({ ...check, document: someone }, key('look'));
    await api.consent({}, someone);
    api.clock.now += 1_000;
    const told = await api.check({ ...check, document: someone });
    api.clock.now += 1_000;
    await api.check({ ...check, document: someone }, key('look'));
    const common = {
      operation: 'createPartnerCheck',
      by: { kind: 'partner', partner: api.partner, key: 'ak_0000000001' },
      purpose: check.purpose,
      services: check.services,
      caseNumber: null,
      outsideDistrict: null,
    };
    expect(await looksAt(someone)).toMatchObject([
      // The first answer once more, which said nothing, whatever might be said by now.
      { ...common, decisionId: refused.json.checkId, disclosed: false },
      { ...common, decisionId: told.json.checkId, disclosed: true },
      { ...common, decisionId: refused.json.checkId, disclosed: false },
    ]);
  });

  it('that cannot be recorded is not answered', async () => {
    await api.agree();
    // Terms, quota and its sum, the person of the day, the consents; then decision and entry in one.
    faulty.cutAfter(5, 'before');
    const { status, text } = await api.check(check);
    expect(status).toBe(503);
    expect(text).not.toContain('eligible');
  });
});
