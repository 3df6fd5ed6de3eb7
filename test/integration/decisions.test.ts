import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import { counterCheck } from '../../shared/contract/counter/response.ts';
import { decisionPage, decisionReplay } from '../../shared/contract/decisions/response.ts';
import { problemBody } from '../../shared/contract/problem-body.ts';
import type { Decision } from '../../shared/domain/decisions/decision.ts';
import { ResidentStoreUnavailable } from '../../shared/domain/register/resident-store.ts';
import { decisionKeys } from '../../shared/stores/dynamodb/decision-items.ts';
import { lookEntry } from '../support/audit-entries.ts';
import { cityPack } from '../support/city-pack.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { type FaultyClient, faultyClient } from '../support/faulty-client.ts';
import {
  canonical,
  clerk,
  type RegisterApi,
  registerApi,
  sampleDocument,
  sampleNumber,
} from '../support/register-api.ts';
import { eventOn } from '../unit/register/events.ts';

const table = tables.decisions.name;
const unknownId = `dc_${'a'.repeat(32)}`;
const stranger = { type: 'resident-id', number: '000000189901010022' } as const;
const check = { document: sampleDocument, purpose: 'review', caseNumber: '2024-WH-00317' };
const known = [
  eventOn('2020-01-01', { type: 'resident.registered', birthDate: '1911-12-13', sex: 'female' }),
  eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' }),
];

let dynamoDb: TestDynamoDb;
let faulty: FaultyClient;
let api: RegisterApi;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
});
afterAll(() => dynamoDb.stop());
beforeEach(async () => {
  faulty = faultyClient(dynamoDb.client);
  api = await registerApi({ client: faulty.client, packs: [cityPack()], defaultPolicy: 'city' });
  await api.residents.append(canonical(), known);
});

async function checked(changes: object = {}): Promise<string> {
  return (await api.check({ ...check, ...changes })).json.checkId;
}

/** The decision's item, to be tampered with. */
async function itemOf(id: string): Promise<Record<string, unknown>> {
  const { Item } = await dynamoDb.client.send(
    new GetCommand({ TableName: table, Key: decisionKeys.decision(id) }),
  );
  return Item!;
}

const put = (item: Record<string, unknown>) =>
  dynamoDb.client.send(new PutCommand({ TableName: table, Item: item }));

/** Keeps a decision that differs from a real one, as an engine gone wrong would have. */
async function keptWith(changes: Partial<Decision>): Promise<string> {
  const { decision } = (await api.decisions.read(await checked()))!;
  const id = `dc_${'b'.repeat(30)}${String(Object.keys(changes).length + ids++).padStart(2, '0')}`;
  await api.decisions.keep(
    { ...decision, ...changes, id },
    await api.residents.find(canonical()),
    lookEntry(ids),
  );
  return id;
}
let ids = 10;

const logged = () => api.messages.filter(({ name }) => name !== 'requestCompleted');

describe('a decision', () => {
  it('shows the question, the versions, who asked and why, and the answer as it was given', async () => {
    const facts = { household: { annualIncome: 60_000 } };
    const answer = counterCheck.parse((await api.check({ ...check, facts, services: ['legal.aid'] })).json);
    const { status, json, headers } = await api.decision(answer.checkId);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'Cache-Control': 'no-store' });
    const decision = decisionPage.parse(json);
    expect(decision).toMatchObject({
      decisionId: answer.checkId,
      madeAt: '2024-06-01T04:00:00.000Z',
      caller: clerk,
      purpose: 'review',
      caseNumber: '2024-WH-00317',
      policy: answer.policy,
      publishedVersions: [{ version: '2024', digest: answer.policy.digest }],
      question: {
        asOf: '2024-06-01',
        services: ['legal.aid'],
        explain: 'full',
        language: 'zh-CN',
        resident: { birthDate: '1911-12-13', ...facts },
        shownFacts: ['household.annualIncome'],
      },
      answer,
    });
    expect(JSON.stringify(json)).not.toContain(sampleNumber);
  });

  it('costs one read of the table, one of the key it is sealed under, and one write of the audit', async () => {
    const [about, aboutStranger] = [await checked(), await checked({ document: stranger })];
    faulty.reset();
    await api.decision(about);
    expect([faulty.sent, api.residents.reads.keys]).toEqual([['GetCommand', 'TransactWriteCommand'], 1]);
    faulty.reset();
    expect((await api.decision(aboutStranger)).status).toBe(200);
    expect([faulty.sent, api.residents.reads.keys]).toEqual([['GetCommand', 'TransactWriteCommand'], 1]);
  });

  it.each([
    ['an unknown id', async () => unknownId],
    ['what is no id', async () => '../policies'],
    [
      'a person who was erased',
      async () => {
        const id = await checked();
        await api.residents.erase(canonical());
        return id;
      },
    ],
  ])('is not found under %s, read or replayed', async (_, made) => {
    const id = await made();
    for (const answer of [await api.decision(id), await api.replay(id)]) {
      expect([answer.status, answer.json.code]).toEqual([404, 'decision-not-found']);
    }
  });

  it('is 503, and not "not found", while the register or the table does not answer', async () => {
    const id = await checked();
    api.residents.fault = new ResidentStoreUnavailable('down');
    expect((await api.decision(id)).status).toBe(503);
    api.residents.fault = null;
    faulty.cutNext = 'after';
    expect((await api.decision(id)).status).toBe(503);
    expect((await api.decision(id)).status).toBe(200);
  });
});

describe('a replay', () => {
  it('gives equal bytes under the versions of then, after a newer one was published', async () => {
    const then = await checked({ facts: { household: { annualIncome: 60_000 } } });
    const next = cityPack();
    await api.policies.seed({
      ...next,
      version: '2025',
      effective: { from: '2025-01-01', until: null },
    });
    const now = await checked({ facts: { household: { annualIncome: 60_000 } } });
    const [before, after] = [(await api.decision(then)).json, (await api.decision(now)).json];
    // The forecast sees the newer version: without the versions of then the bytes would be others.
    const until = [before, after].map(({ answer }) => answer.services[0].eligibleUntil);
    expect(until).toEqual(['2024-12-31', null]);
    expect(after.publishedVersions).toHaveLength(2);
    expect(before.publishedVersions).toHaveLength(1);
    for (const id of [then, now]) {
      const { status, json } = await api.replay(id);
      expect(status).toBe(200);
      const replayed = decisionReplay.parse(json);
      expect(replayed).toMatchObject({ decisionId: id, identical: true });
      expect(replayed.outcome.replayed).toBe(replayed.outcome.stored);
    }
    expect(logged()).toEqual([]);
    expect(api.decisionFaults()).toBe(0);
  });

  it('asks in the language of then, whatever the caller’s', async () => {
    const id = await checked();
    const { json } = await api.replay(id, { headers: { 'Accept-Language': 'en' } });
    expect(json.identical).toBe(true);
  });

  it('is alarmed by an outcome that comes out differently', async () => {
    const { outcome } = (await api.decisions.read(await checked()))!.decision;
    const id = await keptWith({ outcome: outcome.replace('"met"', '"unmet"') });
    const { status, json } = await api.replay(id);
    expect(status).toBe(200);
    const replayed = decisionReplay.parse(json);
    expect(replayed.identical).toBe(false);
    expect(replayed.outcome.replayed).not.toBe(replayed.outcome.stored);
    expect(logged()).toEqual([
      { name: 'decisionDiffers', fields: expect.objectContaining({ decisionId: id, policy: 'city' }) },
    ]);
    expect(api.decisionFaults()).toBe(1);
  });

  it.each<[string, (decision: Decision) => Partial<Decision>, string, string]>([
    ['the engine of then', () => ({ engine: '0.9.0' }), '/engine', 'unknown-engine'],
    [
      'a version of then',
      ({ policy }) => ({
        policy: {
          ...policy,
          published: [...policy.published, { version: '2023', digest: `sha256:${'0'.repeat(64)}` }],
        },
      }),
      '/publishedVersions',
      'policy-version-changed',
    ],
  ])('takes nothing in the place of %s: 409, and an alarm', async (_, change, pointer, code) => {
    const id = await keptWith(change((await api.decisions.read(await checked()))!.decision));
    const { status, json } = await api.replay(id);
    expect(problemBody.parse(json)).toMatchObject({
      code: 'decision-not-replayable',
      errors: [{ pointer, code }],
    });
    expect(status).toBe(409);
    expect(logged()).toEqual([
      {
        name: 'decisionNotReplayable',
        fields: expect.objectContaining({ decisionId: id, problem: code }),
      },
    ]);
    expect(api.decisionFaults()).toBe(1);
  });
});

describe('a decision that was tampered with', () => {
  it.each<[string, (item: Record<string, unknown>) => Promise<object> | object]>([
    [
      'in its content',
      ({ content }) => {
        const bytes = Uint8Array.from(content as Uint8Array);
        bytes[bytes.length - 20]! ^= 1;
        return { content: bytes };
      },
    ],
    ['in when it was made', () => ({ madeAt: '2023-06-01T04:00:00.000Z' })],
    ['in its engine', () => ({ engine: '1.0.1' })],
    ['in the policy it was made under', () => ({ policyDigest: `sha256:${'0'.repeat(64)}` })],
    ['in how long it is kept', () => ({ expiresAt: 9_999_999_999 })],
    [
      'by the content of another decision about the same person',
      async () => ({ content: (await itemOf(await checked({ caseNumber: 'B-2' }))).content }),
    ],
    ['in its form', () => ({ schemaVersion: 9 })],
  ])('%s is noticed, by whoever comes upon it', async (_, change) => {
    const headers = { 'Idempotency-Key': `tampered-${++ids}` };
    const id = (await api.check(check, { headers })).json.checkId;
    const item = await itemOf(id);
    await put({ ...item, ...(await change(item)) });
    const answers = [await api.decision(id), await api.replay(id), await api.check(check, { headers })];
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500]);
    expect(logged().map(({ name, fields }) => [name, fields.decisionId])).toEqual([
      ['decisionCorrupted', id],
      ['decisionCorrupted', id],
      ['decisionCorrupted', id],
    ]);
    expect(api.decisionFaults()).toBe(3);
  });
});

describe('what is kept, logged and answered in errors', () => {
  it('holds nothing of the person', async () => {
    const canaries = {
      number: '000000190907083335',
      birthDate: '1909-07-08',
      income: 876_543_21,
      area: '513425',
    };
    const document = { type: 'resident-id', number: canaries.number } as const;
    const facts = {
      birthDate: canaries.birthDate,
      household: { annualIncome: canaries.income },
      hukou: { areaCode: canaries.area },
    };
    const body = { ...check, document, facts };
    const headers = { 'Idempotency-Key': 'canary' };
    const errors: string[] = [];
    const refused = async (answer: Promise<{ status: number; text: string }>) => {
      const { status, text } = await answer;
      expect(status).toBeGreaterThanOrEqual(400);
      errors.push(text);
    };
    const unregistered = (await api.check(body)).json.checkId;
    await api.residents.append(canonical(document), [
      eventOn('2020-01-01', { type: 'resident.registered', birthDate: canaries.birthDate }),
      eventOn('2021-01-01', { type: 'hukou.moved', areaCode: canaries.area }),
    ]);
    const registered = (await api.check(body, { headers })).json.checkId;
    for (const id of [unregistered, registered]) {
      // They did go in, and come out where they should.
      const { text } = await api.decision(id);
      expect(text).toContain(canaries.birthDate);
      expect(text).toContain(String(canaries.income));
      expect((await api.replay(id)).json.identical).toBe(true);
    }
    await refused(api.check({ ...body, caseNumber: canaries.number }));
    await refused(api.check({ ...body, caseNumber: 'other' }, { headers }));
    await refused(api.check({ ...body, document: { ...document, number: `${canaries.number}0` } }));
    await refused(
      api.check({
        ...body,
        facts: { ...facts, permit: { events: [{ type: 'endorsed', on: canaries.birthDate }] } },
      }),
    );
    const otherDay = { ...facts, birthDate: '1909-07-09' };
    await refused(api.check({ ...body, facts: otherDay }));
    await refused(api.check({ ...body, facts: { [canaries.number]: canaries.birthDate } }));
    await refused(api.check({ ...body, services: [`x${canaries.number}`] }));
    await refused(api.decision(canaries.number));
    api.residents.fault = new Error(`about ${canaries.number}`);
    await refused(api.check(body));
    api.residents.fault = null;
    faulty.cutNext = 'after';
    await refused(api.check(body));
    await put({ ...(await itemOf(registered)), engine: 'other' });
    await refused(api.replay(registered));

    const { Items = [] } = await dynamoDb.client.send(new ScanCommand({ TableName: table }));
    expect(Items.length).toBeGreaterThan(2);
    const dump = Items.flatMap((item) =>
      Object.entries(item).map(([name, value]) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : `${name} ${value}`,
      ),
    ).join('\n');
    const places = { dump, errors: errors.join('\n'), log: JSON.stringify(api.messages) };
    expect(api.messages.length).toBeGreaterThan(10);
    for (const [place, text] of Object.entries(places)) {
      for (const [name, canary] of Object.entries(canaries)) {
        expect([place, name, text.includes(String(canary))]).toEqual([place, name, false]);
      }
    }
  });
});
