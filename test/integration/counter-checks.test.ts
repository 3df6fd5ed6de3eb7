import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import { counterCheck } from '../../shared/contract/counter/response.ts';
import { checkCharacter } from '../../shared/domain/identity/check-character.ts';
import { PolicyStoreUnavailable } from '../../shared/domain/policy/policy-store.ts';
import { ResidentStoreUnavailable } from '../../shared/domain/register/resident-store.ts';
import { decisionKeys } from '../../shared/stores/dynamodb/decision-items.ts';
import { cityPack } from '../support/city-pack.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { type FaultyClient, faultyClient } from '../support/faulty-client.ts';
import {
  canonical,
  clerk,
  type RegisterApi,
  registerApi,
  residentCaller,
  sampleDocument,
  sampleNumber,
} from '../support/register-api.ts';
import { eventOn } from '../unit/register/events.ts';

let dynamoDb: TestDynamoDb;
let faulty: FaultyClient;
let api: RegisterApi;

const otherDocument = { type: 'resident-id', number: '000000189901010022' } as const;
const household = { annualIncome: 60_000 };
const known = [
  eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' }),
  eventOn('2024-01-01', { type: 'household.updated', household: { size: 3 } }),
];
const check = { document: sampleDocument, purpose: 'application', caseNumber: '2024-WH-00317' };
/** The document of somebody who was born then. */
function bornOn(day: string) {
  const digits = `000000${day.replaceAll('-', '')}001`;
  return { type: 'resident-id', number: digits + checkCharacter(digits) } as const;
}
let keys = 0;
const fresh = () => ({ headers: { 'Idempotency-Key': `key-${++keys}` } });

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
});
afterAll(() => dynamoDb.stop());
beforeEach(async () => {
  faulty = faultyClient(dynamoDb.client);
  api = await registerApi({ client: faulty.client, packs: [cityPack()], defaultPolicy: 'city' });
  await api.residents.append(canonical(), known);
});

async function stored(id: string) {
  const Key = decisionKeys.decision(id);
  const { Item } = await dynamoDb.client.send(new GetCommand({ TableName: tables.decisions.name, Key }));
  return Item;
}

describe('a check at a counter', () => {
  it('answers from the record, and is kept under the id it names', async () => {
    const { status, json, headers } = await api.check(check);
    expect(status).toBe(201);
    expect(headers).toMatchObject({ 'Cache-Control': 'no-store' });
    expect(headers).not.toHaveProperty('Idempotent-Replayed');
    const answer = counterCheck.parse(json);
    expect(answer.services.map(({ code, outcome }) => [code, outcome])).toEqual([
      ['legal.aid', 'eligible'],
      ['housing.public-rental', 'undetermined'],
    ]);
    expect(answer.shownFacts).toEqual([]);
    expect(await stored(answer.checkId)).toMatchObject({
      engine: answer.engine,
      policyDigest: answer.policy.digest,
    });
  });

  it('adds what was shown, lets it win, and marks what rests on it', async () => {
    const facts = { household, permit: { status: 'suspended' } };
    const { json } = await api.check({ ...check, facts });
    const { services, shownFacts } = counterCheck.parse(json);
    expect(shownFacts).toEqual(['household.annualIncome', 'permit']);
    expect(services.map(({ code, outcome }) => [code, outcome])).toEqual([
      ['legal.aid', 'not_eligible'],
      ['housing.public-rental', 'not_eligible'],
    ]);
    const marks = services[1]?.conditions?.map(({ id, outcome, shown }) => [id, outcome, shown]);
    expect(marks).toEqual([
      ['permit', 'unmet', true],
      ['income', 'met', true],
    ]);
    const { json: partly } = await api.check({ ...check, facts: { household } });
    const conditions = counterCheck.parse(partly).services[1]?.conditions;
    expect(conditions?.map(({ id, shown }) => [id, shown])).toEqual([
      ['permit', false],
      ['income', true],
    ]);
  });

  it('counts what was shown for this check alone', async () => {
    await api.check({ ...check, facts: { household } });
    const { json } = await api.check(check);
    expect(json.services[1].outcome).toBe('undetermined');
  });

  it('answers somebody who is not registered from what was shown, and says so', async () => {
    const facts = { permit: { status: 'valid' } };
    const { status, json } = await api.check({ ...check, document: otherDocument, facts });
    expect(status).toBe(201);
    expect(json.services[0].outcome).toBe('eligible');
    expect(json.facts.findings).toMatchObject([{ code: 'resident-not-registered', pointer: '/resident' }]);
    const item = await stored(json.checkId);
    expect(item).toHaveProperty('dataKey');
    expect(item).not.toHaveProperty('residentId');
  });

  it('says what the record leaves open, and does not guess', async () => {
    await api.residents.append(canonical(otherDocument), [
      eventOn('2024-05-20', { type: 'permit.endorsed' }),
    ]);
    const { json } = await api.check({ ...check, document: otherDocument });
    expect(json.services[0]).toMatchObject({ outcome: 'undetermined' });
    expect(json.services[0].conditions[0]).toMatchObject({ because: 'unavailable' });
    expect(json.facts.findings).toMatchObject([
      { code: 'permit-issue-not-received', pointer: '/resident/permit' },
      { code: 'residence-without-permit-history', pointer: '/resident/residence' },
    ]);
  });

  it('costs one read of the register and one write', async () => {
    await api.check(check);
    faulty.reset();
    const reads = api.residents.reads.residents;
    await api.check({ ...check, facts: { household } }, fresh());
    expect(api.residents.reads.residents - reads).toBe(1);
    expect(api.residents.reads.keys).toBe(0);
    expect(faulty.sent).toEqual(['TransactWriteCommand']);
  });

  it.each([
    [
      'among what was shown',
      { permit: { events: [{ type: 'endorsed', on: '2024-01-01' }] } },
      '/facts/permit/events/0/on',
      0,
    ],
    ['with the number of the document', { birthDate: '1999-01-02' }, '/facts/birthDate', 0],
  ])('refuses a contradiction %s, and keeps nothing', async (_, facts, pointer, reads) => {
    const before = api.residents.reads.residents;
    const { status, json } = await api.check({ ...check, facts });
    expect([status, json.code]).toEqual([422, 'contradictory-facts']);
    expect(json.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    expect(api.residents.reads.residents - before).toBe(reads);
    expect(faulty.sent).toEqual([]);
  });

  it('refuses a contradiction with the record, and keeps nothing', async () => {
    const document = bornOn('2024-01-01');
    await api.residents.append(canonical(document), known);
    const before = api.residents.reads.residents;
    const { status, json } = await api.check({ ...check, document, facts: { birthDate: '2024-01-01' } });
    expect([status, json.code]).toEqual([422, 'contradictory-facts']);
    expect(json.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code])).toEqual([
      ['/facts/birthDate', 'born-after-fact'],
    ]);
    expect(api.residents.reads.residents - before).toBe(1);
    expect(faulty.sent).toEqual([]);
  });

  it('takes a date of birth that is the one in the number of the document, and no other', async () => {
    const document = bornOn('1959-06-15');
    const born = (birthDate: string) => api.check({ ...check, document, facts: { birthDate } });
    expect(await born('1959-06-15')).toMatchObject({ status: 201, json: { shownFacts: ['birthDate'] } });
    const { status, json } = await born('1959-06-16');
    expect([status, json.code]).toEqual([422, 'contradictory-facts']);
    expect(json.errors).toEqual([
      {
        pointer: '/facts/birthDate',
        code: 'born-other-than-document',
        detail: expect.stringMatching(/\p{Script=Han}/u),
      },
    ]);
    expect(JSON.stringify(json)).not.toMatch(/1959|06-1[56]/);
  });

  it('names all that is wrong with a request at once, before it reads anything', async () => {
    const { status, json } = await api.check({
      ...check,
      document: { type: 'resident-id', number: '000000189912310013' },
      services: ['legal.aid', 'no.such'],
      facts: { birthDate: '2025-01-01' },
    });
    expect([status, json.code]).toEqual([422, 'invalid-request']);
    expect(json.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code])).toEqual([
      ['/document/number', 'document-check-digit'],
      ['/facts/birthDate', 'born-after-as-of'],
      ['/services/1', 'unknown-service'],
    ]);
    expect(api.residents.reads.residents).toBe(0);
    expect(faulty.sent).toEqual([]);
  });

  it('names what else is wrong where no version is in force', async () => {
    const { json } = await api.check({ ...check, asOf: '2030-01-01', facts: { birthDate: '2031-01-01' } });
    expect(json.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code])).toEqual([
      ['/facts/birthDate', 'born-after-as-of'],
      ['/facts/birthDate', 'born-other-than-document'],
      ['/asOf', 'no-policy-in-force'],
    ]);
  });

  it('refuses case numbers and keys made from the number of the person', async () => {
    const spaced = `${sampleNumber.slice(0, 6)}-${sampleNumber.slice(6)}`;
    const { status, json } = await api.check(
      { ...check, caseNumber: `C-${spaced}` },
      { headers: { 'Idempotency-Key': `k:${sampleNumber}` } },
    );
    expect([status, json.code]).toEqual([422, 'invalid-request']);
    expect(json.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code])).toEqual([
      ['/caseNumber', 'mentions-number'],
      ['/headers/idempotency-key', 'mentions-number'],
    ]);
    expect(JSON.stringify(json)).not.toContain(sampleNumber);
  });

  it.each([
    ['a purpose that is none', { purpose: 'curiosity' }, '/purpose'],
    ['a case number in words', { caseNumber: '张三的申请' }, '/caseNumber'],
    ['a policy of the caller’s choice', { policy: 'city' }, '/policy'],
    ['a fact the wire does not know', { facts: { name: '张三' } }, '/facts/name'],
  ])('refuses %s', async (_, change, pointer) => {
    const { status, json } = await api.check({ ...check, ...change });
    expect(status).toBe(422);
    expect(json.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    expect(JSON.stringify(json)).not.toContain('张三');
  });

  it.each([
    [
      'the register',
      () => {
        api.residents.fault = new ResidentStoreUnavailable('down');
      },
    ],
    [
      'the policies',
      () => {
        api.policies.fault = new PolicyStoreUnavailable('down');
      },
    ],
    [
      'the decisions',
      () => {
        faulty.cutNext = 'before';
      },
    ],
  ])('is 503 while it cannot reach %s: no answer is guessed, and none goes unkept', async (_, breakIt) => {
    breakIt();
    const { status, json, headers } = await api.check(check);
    expect([status, json.code, json.retryable]).toEqual([503, 'unavailable', true]);
    expect(headers).toHaveProperty('Retry-After');
  });
});

describe('the counter door', () => {
  const others = [
    ['a resident', residentCaller()],
    ['a third party', { kind: 'partner', partner: 'school-1', key: 'k' }],
    ['a feed', { kind: 'feed', source: 'police', key: 'k' }],
    ['staff', { kind: 'staff', subject: 's', roles: 'operator' }],
    ['a clerk of no district', { kind: 'clerk', subject: 'clerk-7', post: 'window-3' }],
    ['nobody', {}],
  ] as const;

  it.each(others)('does not let %s in', async (_, caller) => {
    const id = `dc_${'a'.repeat(32)}`;
    const answers = [
      await api.check(check, { caller }),
      await api.decision(id, { caller }),
      await api.replay(id, { caller }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(faulty.sent).toEqual([]);
    expect(api.residents.reads).toEqual({ residents: 0, keys: 0 });
  });
});

describe('the same request again', () => {
  it('has one effect among a hundred at once, and the same bytes for all', async () => {
    const key = fresh();
    const answers = await Promise.all(Array.from({ length: 100 }, () => api.check(check, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const firsts = answers.filter(({ headers }) => headers['Idempotent-Replayed'] === undefined);
    expect(firsts).toHaveLength(1);
    expect(await stored(answers[0]!.json.checkId)).toBeDefined();
  });

  it('gives the first answer, in its language, on another day and under another form of the number', async () => {
    const key = fresh();
    const first = await api.check(check, key);
    api.clock.now += 86_400_000;
    const number = ` ${sampleNumber.slice(0, 6)}\u3000${sampleNumber.slice(6)} `;
    const headers = { ...key.headers, 'Accept-Language': 'en' };
    const again = await api.check({ ...check, document: { ...sampleDocument, number } }, { headers });
    expect(again.text).toBe(first.text);
    expect(again.headers).toMatchObject({ 'Idempotent-Replayed': 'true', 'Content-Language': 'zh-CN' });
  });

  it.each([
    ['another case', { caseNumber: 'B-2' }],
    ['another day', { asOf: '2024-05-31' }],
    ['other facts', { facts: { household } }],
    ['somebody else', { document: otherDocument }],
  ])('is not what comes with %s: 422, and the first stays', async (_, change) => {
    await api.residents.append(canonical(otherDocument), known);
    const key = fresh();
    const first = await api.check(check, key);
    const other = await api.check({ ...check, ...change }, key);
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-key-reused']);
    expect((await api.check(check, key)).text).toBe(first.text);
  });

  it('is another one from another clerk, and the same from another window', async () => {
    const key = fresh();
    const first = await api.check(check, key);
    const colleague = await api.check(check, { ...key, caller: { ...clerk, subject: 'clerk-8' } });
    expect(colleague.json.checkId).not.toBe(first.json.checkId);
    const elsewhere = await api.check(check, { ...key, caller: { ...clerk, post: 'window-4' } });
    expect(elsewhere.text).toBe(first.text);
  });

  it('is a decision of its own without a key', async () => {
    const [first, second] = [await api.check(check), await api.check(check)];
    expect(second.json.checkId).not.toBe(first.json.checkId);
    expect(second.text.replace(second.json.checkId, first.json.checkId)).toBe(first.text);
  });

  it('gives the first answer to somebody who was registered in between', async () => {
    const key = fresh();
    const body = { ...check, document: otherDocument };
    const first = await api.check(body, key);
    await api.residents.append(canonical(otherDocument), known);
    const again = await api.check(body, key);
    expect(again.text).toBe(first.text);
    const other = await api.check({ ...body, caseNumber: 'B-2' }, key);
    expect(other.json.code).toBe('idempotency-key-reused');
  });

  it('does not bring back what was said of somebody who was erased in between', async () => {
    const key = fresh();
    await api.check(check, key);
    await api.residents.erase(canonical());
    expect((await api.check(check, key)).json.code).toBe('idempotency-key-reused');
    await api.residents.append(canonical(), known);
    expect((await api.check(check, key)).json.code).toBe('idempotency-key-reused');
  });

  it.each([
    ['before the register is read', 'register', null],
    ['before the decision is written', null, 'before'],
    ['after the decision is written', null, 'after'],
  ] as const)('comes to the same decision after a cut %s', async (_, register, cutNext) => {
    const key = fresh();
    const { json: expected } = await api.check(check);
    if (register !== null) api.residents.fault = new ResidentStoreUnavailable('cut');
    faulty.cutNext = cutNext;
    expect((await api.check(check, key)).status).toBe(503);
    api.residents.fault = null;
    const [retried, again] = [await api.check(check, key), await api.check(check, key)];
    expect([retried.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(retried.text);
    expect(retried.headers['Idempotent-Replayed']).toBe(cutNext === 'after' ? 'true' : undefined);
    expect(again.headers['Idempotent-Replayed']).toBe('true');
    expect({ ...retried.json, checkId: expected.checkId }).toEqual(expected);
  });
});
