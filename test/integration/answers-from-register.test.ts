import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import { CachedKeyStore } from '../../shared/security/cached-key-store.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';
import { cityPack } from '../support/city-pack.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { type Cut, type FaultyClient, faultyClient } from '../support/faulty-client.ts';
import { dumpResidents, residentStore, sampleDocument } from '../support/register.ts';
import { type RegisterApi, registerApi, residentCaller } from '../support/register-api.ts';
import { eventOn } from '../unit/register/events.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';

const document = sampleDocument(41);
const stranger = sampleDocument(42);
const income = 87_654_321;
const known = [
  eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' }),
  eventOn('2024-01-01', { type: 'household.updated', household: { annualIncome: income } }),
];
const check = { document, purpose: 'application', caseNumber: '2024-WH-00317' };

let dynamoDb: TestDynamoDb;
let faulty: FaultyClient;
const keyStore = memoryKeyStore();

/** The functions of a process that was just started: nothing is remembered, and every call can be cut. */
function startedProcess(): Promise<RegisterApi> {
  return registerApi({
    client: faulty.client,
    packs: [cityPack()],
    defaultPolicy: 'city',
    keyStore,
    register: (keys: KeyStore) => residentStore(faulty.client, new CachedKeyStore(keys)),
  });
}

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  faulty = faultyClient(dynamoDb.client);
  await residentStore(dynamoDb.client, keyStore).append(document, known);
});
afterAll(() => dynamoDb.stop());

describe('answers from the register', () => {
  it('cost one read for residents themselves, and one read at a counter, and one write that records the look', async () => {
    const api = await startedProcess();
    const caller = residentCaller(document.number);
    await api.me('eligibility', { caller });
    const sentFor = async (request: Promise<{ status: number }>) => {
      faulty.reset();
      expect((await request).status).toBeLessThan(300);
      return [...faulty.sent];
    };
    const readAndWritten = ['GetCommand', 'TransactWriteCommand'];
    expect(await sentFor(api.me('eligibility', { caller }))).toEqual(readAndWritten);
    expect(await sentFor(api.me('record', { caller }))).toEqual(readAndWritten);
    expect(await sentFor(api.check(check))).toEqual(readAndWritten);
    expect(await sentFor(api.check({ ...check, document: stranger }))).toEqual(readAndWritten);
  });

  it('are read and replayed by another process than the one that gave them', async () => {
    const { json } = await (await startedProcess()).check(check);
    const other = await startedProcess();
    expect((await other.decision(json.checkId)).json.answer).toEqual(json);
    expect((await other.replay(json.checkId)).json.identical).toBe(true);
  });

  it.each<[string, typeof check]>([
    ['somebody known', check],
    ['a stranger', { ...check, document: stranger }],
  ])('come to one decision about %s, wherever a call was cut, in whichever process', async (who, body) => {
    faulty.reset();
    await (await startedProcess()).check(body, {
      headers: { 'Idempotency-Key': `uncut ${who}`.replace(/ /g, '-') },
    });
    const calls = faulty.sent.length;
    expect(calls).toBeGreaterThan(2);
    for (let call = 0; call < calls; call++) {
      for (const cut of ['before', 'after'] as const satisfies readonly Cut[]) {
        const headers = { 'Idempotency-Key': `${who}-${cut}-${call}`.replace(/ /g, '-') };
        const api = await startedProcess();
        faulty.cutAfter(call, cut);
        const first = await api.check(body, { headers });
        expect([call, cut, first.status]).toEqual([call, cut, 503]);
        const [same, other] = [
          await api.check(body, { headers }),
          await (await startedProcess()).check(body, { headers }),
        ];
        expect([same.status, other.status]).toEqual([201, 201]);
        expect(other.text).toBe(same.text);
        const isWritten = cut === 'after' && call === calls - 1;
        expect([call, cut, same.headers['Idempotent-Replayed']]).toEqual([
          call,
          cut,
          isWritten ? 'true' : undefined,
        ]);
        expect((await api.replay(same.json.checkId)).json.identical).toBe(true);
      }
    }
    const { Items = [] } = await dynamoDb.client.send(new ScanCommand({ TableName: tables.decisions.name }));
    expect(new Set(Items.map(({ pk }) => pk)).size).toBe(Items.length);
  });

  it('are gone with the person who is erased, and a stranger’s are not', async () => {
    const erased = sampleDocument(43);
    const store = residentStore(dynamoDb.client, keyStore);
    await store.append(erased, known);
    const api = await startedProcess();
    const [about, aboutStranger] = [
      (await api.check({ ...check, document: erased })).json.checkId,
      (await api.check({ ...check, document: stranger })).json.checkId,
    ];
    expect((await api.decision(about)).status).toBe(200);
    await store.erase(erased);
    for (const process of [api, await startedProcess()]) {
      expect([(await process.decision(about)).status, (await process.replay(about)).status]).toEqual([
        404, 404,
      ]);
      expect((await process.decision(aboutStranger)).status).toBe(200);
    }
    await store.append(erased, known);
    expect((await api.decision(about)).status).toBe(404);
  });

  it('leave nothing of a person in clear in any table', async () => {
    const decisions = await dynamoDb.client.send(new ScanCommand({ TableName: tables.decisions.name }));
    const items = [...(await dumpResidents(dynamoDb.client)), ...(decisions.Items ?? [])];
    expect(items.length).toBeGreaterThan(10);
    const dump = items
      .flatMap((item) => Object.values(item))
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
      .join('\n');
    for (const canary of [document.number, stranger.number, String(income), '2024-WH-00317', 'clerk-7']) {
      expect([canary, dump.includes(canary)]).toEqual([canary, false]);
    }
  });
});
