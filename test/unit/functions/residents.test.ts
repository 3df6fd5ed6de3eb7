import { beforeEach, describe, expect, it } from 'vitest';
import { evaluation } from '../../../shared/contract/evaluation/response.ts';
import { myRecord } from '../../../shared/contract/me/response.ts';
import { PolicyStoreUnavailable } from '../../../shared/domain/policy/policy-store.ts';
import { ResidentStoreUnavailable } from '../../../shared/domain/register/resident-store.ts';
import { createDocumentClient } from '../../../shared/stores/dynamodb/document-client.ts';
import { cityPack } from '../../support/city-pack.ts';
import { MemoryAuditStore } from '../../support/memory-audit-store.ts';
import {
  canonical,
  clerk,
  type RegisterApi,
  registerApi,
  residentCaller,
  sampleNumber,
} from '../../support/register-api.ts';
import { eventOn } from '../register/events.ts';

const permit = eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' });
const household = eventOn(
  '2024-01-01',
  { type: 'household.updated', household: { annualIncome: 60_000 } },
  { source: 'civil-affairs' },
);
const born = eventOn('2020-01-01', { type: 'resident.registered', birthDate: '1990-01-01' });
const endorsed = eventOn('2024-05-20', { type: 'permit.endorsed' });

let api: RegisterApi;

beforeEach(async () => {
  // Nothing of a resident's own questions is kept but that they were asked: the client leads nowhere.
  const client = createDocumentClient({ region: 'local', endpoint: 'http://127.0.0.1:9' });
  const audit = new MemoryAuditStore();
  api = await registerApi({ client, packs: [cityPack()], defaultPolicy: 'city', audit });
});

const know = (...events: Parameters<RegisterApi['residents']['append']>[1]) =>
  api.residents.append(canonical(), events);

describe('GET /v1/me/eligibility', () => {
  it('answers every service from the record, today in Shanghai, with one read', async () => {
    await know(permit, household);
    const { status, json, headers } = await api.me('eligibility');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'Cache-Control': 'no-store' });
    const answer = evaluation.parse(json);
    expect(answer.asOf).toBe('2024-06-01');
    expect(answer.services.map(({ code, outcome }) => [code, outcome])).toEqual([
      ['legal.aid', 'eligible'],
      ['housing.public-rental', 'eligible'],
    ]);
    expect(answer.facts.findings).toEqual([]);
    expect(api.residents.reads).toEqual({ residents: 1, keys: 0 });
  });

  it('answers for a day, for services and with as much reason as the query says', async () => {
    await know(permit, household);
    const query = { asOf: '2024-01-15', services: 'housing.public-rental,legal.aid', explain: 'none' };
    const { json } = await api.me('eligibility', { query, headers: { 'Accept-Language': 'en' } });
    const answer = evaluation.parse(json);
    expect(answer.asOf).toBe('2024-01-15');
    expect(answer.services.map(({ code, name }) => [code, name])).toEqual([
      ['housing.public-rental', 'Public rental housing'],
      ['legal.aid', 'Legal aid'],
    ]);
    expect(answer.services[0]).not.toHaveProperty('conditions');
  });

  it('answers somebody of whom nothing is registered, and says so: never "no"', async () => {
    const { status, json } = await api.me('eligibility');
    expect(status).toBe(200);
    const answer = evaluation.parse(json);
    expect(answer.services.map(({ outcome }) => outcome)).toEqual(['undetermined', 'undetermined']);
    expect(answer.services[0]?.missing).toEqual(['permit.status']);
    expect(answer.facts.findings).toEqual([
      {
        code: 'resident-not-registered',
        pointer: '/resident',
        detail: expect.stringMatching(/\p{Script=Han}/u),
      },
    ]);
  });

  it('takes what the record cannot be right about for unavailable, and says why', async () => {
    await know(endorsed, household);
    const { json } = await api.me('eligibility');
    const answer = evaluation.parse(json);
    expect(answer.services[0]?.conditions?.[0]).toMatchObject({ outcome: 'unknown', because: 'unavailable' });
    expect(answer.facts.findings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['permit-issue-not-received', '/resident/permit'],
      ['residence-without-permit-history', '/resident/residence'],
    ]);
  });

  it.each([
    ['services that are none', { services: 'legal.aid,no.such' }, 'unknown-service', '/query/services'],
    ['a list that is none', { services: 'legal.aid,' }, 'invalid-request', '/query/services'],
    ['a day that does not exist', { asOf: '2024-02-30' }, 'invalid-request', '/query/asOf'],
    ['a day without a version', { asOf: '2030-01-01' }, 'no-policy-in-force', '/query/asOf'],
    ['a parameter it does not know', { document: 'x' }, 'invalid-request', '/query/document'],
  ])('refuses %s, before it reads anything', async (_, query, code, pointer) => {
    const { status, json } = await api.me('eligibility', { query: query as Record<string, string> });
    expect([status, json.code]).toEqual([422, code]);
    expect(json.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    expect(api.residents.reads.residents).toBe(0);
  });

  it.each([
    ['en', 'There is no service of this code: number 2 of those that are named.'],
    ['zh-CN', '没有此服务代码（所列服务中的第 2 项）。'],
  ])('says in words which of the services in the query is none: %s', async (language, detail) => {
    const query = { services: 'legal.aid,no.such,housing.public-rental' };
    const { json } = await api.me('eligibility', { query, headers: { 'Accept-Language': language } });
    expect(json.errors).toEqual([{ pointer: '/query/services', code: 'unknown-service', detail }]);
  });
});

describe('GET /v1/me/record', () => {
  it('shows what is known in the form an evaluation takes, and where it comes from', async () => {
    await know(permit, household, born);
    const { status, json } = await api.me('record');
    expect(status).toBe(200);
    expect(myRecord.parse(json)).toEqual({
      asOf: '2024-06-01',
      document: { type: 'resident-id', ending: sampleNumber.slice(-4) },
      resident: {
        birthDate: '1990-01-01',
        permit: { type: 'mainland', events: [{ type: 'issued', on: '2023-07-01', areaCode: '510107' }] },
        household: { annualIncome: 60_000 },
      },
      origins: {
        birthDate: { source: 'police', on: '2020-01-01' },
        household: { source: 'civil-affairs', on: '2024-01-01' },
      },
      findings: [],
    });
    expect(api.residents.reads).toEqual({ residents: 1, keys: 0 });
  });

  it('says what is left out, and names no origin for what is not shown', async () => {
    await know(endorsed, eventOn('2025-01-01', { type: 'household.updated', household: { size: 2 } }));
    const { json } = await api.me('record', { headers: { 'Accept-Language': 'en' } });
    expect(json).toMatchObject({ resident: {}, origins: {} });
    expect(json.findings[0]).toEqual({
      code: 'permit-issue-not-received',
      pointer: '/resident/permit',
      detail: 'events of a permit were received, but not its issue',
    });
  });

  it('is 404 when nothing is registered', async () => {
    const { status, json } = await api.me('record');
    expect([status, json.code]).toEqual([404, 'resident-not-found']);
  });
});

describe('the resident door', () => {
  const parts = ['eligibility', 'record'] as const;

  it.each([
    ['a clerk', clerk],
    ['a third party', { kind: 'partner', partner: 'school-1', key: 'k' }],
    ['a feed', { kind: 'feed', source: 'police', key: 'k' }],
    ['staff', { kind: 'staff', subject: 's', roles: 'operator' }],
    ['a resident without a document', { kind: 'resident', subject: 's' }],
    ['a resident whose document cannot be one', residentCaller('000000189912310013')],
    ['nobody', {}],
  ])('does not let %s in', async (_, caller) => {
    for (const part of parts) expect((await api.me(part, { caller })).status).toBe(403);
    expect(api.residents.reads.residents).toBe(0);
  });

  it('shows residents themselves, however their number is written', async () => {
    await know(born);
    const wide = sampleNumber.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect((await api.me('record', { caller: residentCaller(wide) })).json.resident).toEqual({
      birthDate: '1990-01-01',
    });
    const other = await api.me('record', { caller: residentCaller('000000189901010022') });
    expect(other.status).toBe(404);
  });

  it('is 503 while the register does not answer: no answer is guessed', async () => {
    api.residents.fault = new ResidentStoreUnavailable('down');
    for (const part of parts) expect((await api.me(part)).status).toBe(503);
    expect(api.problems).toEqual(['unavailable', 'unavailable']);
  });

  it('is 503 while the policies do not answer', async () => {
    api.policies.fault = new PolicyStoreUnavailable('down');
    expect((await api.me('eligibility')).status).toBe(503);
  });

  it('repeats the number nowhere: not in an answer, an error or a log', async () => {
    const texts: string[] = [];
    const ask = async (part: 'eligibility' | 'record', query = {}) => {
      texts.push((await api.me(part, { query })).text);
    };
    await ask('record');
    await ask('eligibility');
    await know(born, endorsed);
    await ask('record');
    await ask('eligibility');
    await ask('eligibility', { services: sampleNumber });
    await ask('eligibility', { [sampleNumber]: '1' });
    api.residents.fault = new Error(`about ${sampleNumber}`);
    await ask('record');
    expect(texts).toHaveLength(7);
    expect(texts.join() + JSON.stringify(api.messages)).not.toContain(sampleNumber);
    expect(JSON.stringify(api.messages)).not.toContain('1990-01-01');
  });
});
