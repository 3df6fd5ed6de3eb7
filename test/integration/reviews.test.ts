import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import { openReviews, review, reviews } from '../../shared/contract/reviews/response.ts';
import { DynamoReviewStore } from '../../shared/stores/dynamodb/dynamo-review-store.ts';
import { cityPack } from '../support/city-pack.ts';
import { collect } from '../support/collect.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { type Cut, type FaultyClient, faultyClient } from '../support/faulty-client.ts';
import { sampleDocument } from '../support/register.ts';
import { clerk, type RegisterApi, registerApi, residentCaller } from '../support/register-api.ts';
import { sampleReview } from '../support/sample-review.ts';
import { eventOn } from '../unit/register/events.ts';

let dynamoDb: TestDynamoDb;
let faulty: FaultyClient;
let api: RegisterApi;
let persons = 800;
let person = sampleDocument(persons);
const self = () => ({ caller: residentCaller(person.number) });
const ask = { services: ['legal.aid'], ground: 'facts-wrong' };
const elsewhere = { ...clerk, subject: 'clerk-9', district: '510104' } as const;
const colleague = { ...clerk, subject: 'clerk-8' } as const;
const unknownId = `rv_${'z'.repeat(32)}`;

async function newPerson() {
  const document = sampleDocument(++persons);
  await api.residents.append(document, [
    eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' }),
  ]);
  return document;
}

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
});
afterAll(() => dynamoDb.stop());
beforeEach(async () => {
  faulty = faultyClient(dynamoDb.client);
  api = await registerApi({ client: faulty.client, packs: [cityPack()], defaultPolicy: 'city' });
  person = await newPerson();
});

const request = async (body: object = ask, more: object = {}) =>
  api.review('POST', { ...self(), body, ...more });
const requested = async (body: object = ask) => review.parse((await request(body)).json).reviewId;
const listed = async (caller: typeof clerk | typeof elsewhere = clerk) =>
  openReviews
    .parse((await api.handleReview('list', { caller })).json)
    .reviews.map(({ reviewId }) => reviewId);
const own = async () => reviews.parse((await api.review('GET', self())).json).reviews;

describe('a request for review', () => {
  it('is received, taken by a clerk of the district, and concluded, and the resident sees each step', async () => {
    const { status, json } = await request();
    expect(status).toBe(201);
    const { reviewId: id, ...first } = review.parse(json);
    expect(first).toEqual({
      state: 'received',
      decisionId: null,
      services: ['legal.aid'],
      asOf: '2024-06-01',
      ground: 'facts-wrong',
      receivedAt: '2024-06-01T04:00:00.000Z',
      reviewer: null,
      concludedAt: null,
      result: null,
      resultDecisionId: null,
    });
    expect(await listed()).toContain(id);
    api.clock.now += 1_000;
    expect((await api.handleReview('take', { id })).json).toMatchObject({
      state: 'in-review',
      reviewer: { district: '510107', post: 'window-3' },
    });
    const check = { document: person, purpose: 'review', caseNumber: 'R-1' };
    const { checkId } = (await api.check(check)).json;
    const body = { result: 'corrected', decisionId: checkId };
    const concluded = await api.handleReview('conclude', { id, body });
    expect([concluded.status, concluded.json]).toMatchObject([
      200,
      {
        state: 'concluded',
        result: 'corrected',
        resultDecisionId: checkId,
        concludedAt: '2024-06-01T04:00:01.000Z',
      },
    ]);
    expect(await own()).toEqual([review.parse(concluded.json)]);
    expect(await listed()).not.toContain(id);
  });

  it('is about a decision on the resident, and for the district that made it', async () => {
    const body = {
      document: person,
      purpose: 'advice',
      caseNumber: 'A-1',
      outsideDistrictReason: 'joint-service',
    };
    const { checkId: decisionId } = (await api.check(body, { caller: elsewhere })).json;
    const id = await requested({ ...ask, decisionId });
    expect(await listed(elsewhere)).toContain(id);
    expect(await listed()).not.toContain(id);
  });

  it('takes a decision about somebody else for one that does not exist', async () => {
    const other = await newPerson();
    const foreign = (await api.check({ document: other, purpose: 'advice', caseNumber: 'A-1' })).json.checkId;
    const answers = [];
    for (const decisionId of [foreign, `dc_${'z'.repeat(32)}`]) {
      const { status, json } = await request({ ...ask, decisionId });
      answers.push({ ...json, requestId: '' });
      expect([status, json.errors]).toMatchObject([
        422,
        [{ pointer: '/decisionId', code: 'unknown-decision' }],
      ]);
    }
    expect(answers[0]).toEqual(answers[1]);
    const id = await requested();
    await api.handleReview('take', { id });
    const body = { result: 'corrected', decisionId: foreign };
    expect((await api.handleReview('conclude', { id, body })).json.errors[0].code).toBe('unknown-decision');
  });

  it('belongs to whoever took it on', async () => {
    const id = await requested();
    const body = { result: 'upheld' };
    const refusal = async (step: 'take' | 'conclude', caller: typeof clerk | typeof colleague) => {
      const { status, json } = await api.handleReview(step, { id, body, caller });
      return [status, json.code];
    };
    expect(await refusal('conclude', clerk)).toEqual([409, 'review-not-taken']);
    await api.handleReview('take', { id });
    expect((await api.handleReview('take', { id })).status).toBe(200);
    expect(await refusal('take', colleague)).toEqual([409, 'review-taken']);
    expect(await refusal('conclude', colleague)).toEqual([409, 'review-taken']);
    await api.handleReview('conclude', { id, body });
    expect((await api.handleReview('conclude', { id, body })).status).toBe(200);
    expect(await refusal('take', clerk)).toEqual([409, 'review-concluded']);
    expect((await api.review('DELETE', { ...self(), id })).json.code).toBe('review-concluded');
  });

  it('is withdrawn by its resident, once and for good', async () => {
    const id = await requested();
    for (const _ of ['first', 'again']) {
      const { status, json } = await api.review('DELETE', { ...self(), id });
      expect([status, json.state]).toEqual([200, 'withdrawn']);
    }
    expect(await listed()).not.toContain(id);
    expect((await api.handleReview('take', { id })).json.code).toBe('review-concluded');
  });

  it('of somebody else, or of another district, looks like one that does not exist', async () => {
    const id = await requested();
    const stranger = residentCaller((await newPerson()).number);
    const pairs = [
      [
        await api.review('DELETE', { caller: stranger, id }),
        await api.review('DELETE', { ...self(), id: unknownId }),
      ],
      [
        await api.handleReview('take', { id, caller: elsewhere }),
        await api.handleReview('take', { id: unknownId }),
      ],
      [
        await api.handleReview('conclude', { id, caller: elsewhere, body: { result: 'upheld' } }),
        await api.handleReview('conclude', { id: unknownId, body: { result: 'upheld' } }),
      ],
    ] as const;
    for (const [foreign, unknown] of pairs) {
      expect(foreign.status).toBe(404);
      expect({ ...foreign.json, requestId: '' }).toEqual({ ...unknown.json, requestId: '' });
    }
    expect(await own()).toMatchObject([{ state: 'received' }]);
  });

  it('is one under an Idempotency-Key, and the first answer is given again', async () => {
    const headers = { 'Idempotency-Key': 'once' };
    const first = await request(ask, { headers });
    await api.handleReview('take', { id: first.json.reviewId });
    const again = await request(ask, { headers });
    expect(again.text).toBe(first.text);
    expect(again.headers).toHaveProperty('Idempotent-Replayed', 'true');
    const other = await request({ ...ask, ground: 'explanation' }, { headers });
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-key-reused']);
    expect(await own()).toHaveLength(1);
    person = await newPerson();
    expect((await request(ask, { headers })).headers).not.toHaveProperty('Idempotent-Replayed');
  });

  it.each([
    ['a service there is not', { ...ask, services: ['no.such'] }, '/services/0'],
    ['no service', { ...ask, services: [] }, '/services'],
    ['words', { ...ask, ground: '不服' }, '/ground'],
    ['a remark', { ...ask, remark: '不服' }, '/remark'],
    ['a day without a policy', { ...ask, asOf: '2030-01-01' }, '/asOf'],
  ])('is refused with %s', async (_, body, pointer) => {
    const { status, json } = await request(body);
    expect([status, json.errors[0].pointer]).toEqual([422, pointer]);
    expect(await own()).toEqual([]);
  });

  it('is not for somebody who is not registered', async () => {
    const caller = residentCaller(sampleDocument(799).number);
    for (const answer of [
      await api.review('POST', { caller, body: ask }),
      await api.review('GET', { caller }),
      await api.review('DELETE', { caller, id: unknownId }),
    ]) {
      expect(answer.json.code).toBe('resident-not-found');
    }
  });

  it('comes to the same wherever a call was cut', async () => {
    const take = (id: string) => api.handleReview('take', { id });
    for (const cut of ['before', 'after'] as const satisfies readonly Cut[]) {
      // Found, read again, written.
      for (let call = 0; call < 3; call++) {
        const headers = { 'Idempotency-Key': `cut-${cut}-${call}` };
        faulty.cutAfter(0, cut);
        expect((await request(ask, { headers })).status).toBe(503);
        const again = await request(ask, { headers });
        expect(again.status).toBe(201);
        const id = again.json.reviewId;
        faulty.cutAfter(call, cut);
        expect([call, cut, (await take(id)).status]).toEqual([call, cut, 503]);
        expect((await take(id)).json.state).toBe('in-review');
      }
    }
    expect(await own()).toHaveLength(6);
  });

  it('leaves nothing of a person in the table', async () => {
    await requested();
    const { Items = [] } = await dynamoDb.client.send(new ScanCommand({ TableName: tables.decisions.name }));
    const text = JSON.stringify(Items.filter(({ type }) => String(type).startsWith('review')));
    expect(text).toContain('"ground":"facts-wrong"');
    for (const value of [person.number, 'sub-1']) expect(text).not.toContain(value);
  });
});

describe('the store of reviews', () => {
  it('gives a review to one of two clerks who take it at once', async () => {
    const store = new DynamoReviewStore(dynamoDb.client, tables.decisions.name);
    for (let round = 0; round < 10; round++) {
      const one = sampleReview(100 + round, { residentId: `rs_${'d'.repeat(22)}` });
      await store.receive(one);
      const outcomes = await Promise.all(
        [clerk, colleague].map(({ kind: _, ...reviewer }) => store.move(one, { to: 'in-review', reviewer })),
      );
      expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1);
      const taken = outcomes.find((outcome) => typeof outcome !== 'string');
      expect(await store.find(one.id)).toEqual(taken);
    }
  });

  it('lists open reviews of many pages, the oldest first', async () => {
    const store = new DynamoReviewStore(dynamoDb.client, tables.decisions.name);
    const residentId = `rs_${'e'.repeat(22)}`;
    const all = Array.from({ length: 120 }, (_, number) => sampleReview(1_000 + number, { residentId }));
    for (const each of all) await store.receive(each);
    await store.move(all[5]!, { to: 'withdrawn', at: '2024-06-02T00:00:00.000Z' });
    const ids = (await collect(store.open()))
      .filter((each) => each.residentId === residentId)
      .map(({ id }) => id);
    expect(ids).toEqual(all.filter((_, number) => number !== 5).map(({ id }) => id));
    const newest = (await store.ofResident(residentId, 100)).map(({ id }) => id);
    expect(newest).toEqual(
      all
        .slice(20)
        .map(({ id }) => id)
        .reverse(),
    );
  });
});
