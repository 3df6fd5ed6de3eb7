import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRegisterProblem } from '../../functions/register-problems.ts';
import { registryOperations } from '../../functions/registry/routes.ts';
import { createApi } from '../../shared/http/create-api.ts';
import { textOfItems, tracesIn } from '../support/canary.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { jsonPost, lambdaContext } from '../support/proxy-event.ts';
import { recordingObservers } from '../support/recording-log.ts';
import { dumpResidents, residentStore, sampleDocument } from '../support/register.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
});
afterAll(() => dynamoDb.stop());

const canaries = { name: '王小明canary', phone: '13800138999', address: 'Canary Road 17' };
const document = sampleDocument(4_711);
const values = [document.number, document.number.slice(0, 17), '1911-03-07', ...Object.values(canaries)];

describe('what a feed sends', () => {
  it('is not to be seen in the table, the answers or the log', async () => {
    const observers = recordingObservers();
    const handler = createApi({
      name: 'registry',
      operations: registryOperations({
        residents: residentStore(dynamoDb.client, memoryKeyStore()),
        log: observers.log,
      }),
      readProblem: readRegisterProblem,
      ...observers,
    });
    const about = { occurredOn: '2024-05-06', document };
    const contributions = Array.from({ length: 60 }, (_, month) => ({
      from: `${2000 + Math.floor(month / 4)}-0${1 + (month % 4) * 2}`,
      to: `${2000 + Math.floor(month / 4)}-0${1 + (month % 4) * 2}`,
      kind: 'paid',
      areaCode: '510107',
    }));
    const events = [
      { ...about, eventId: 'c-1', type: 'resident.registered', birthDate: '1911-03-07', sex: 'female' },
      { ...about, eventId: 'c-2', type: 'insurance.contributed', kinds: ['pension'], contributions },
      { ...about, eventId: 'c-3', type: 'permit.endorsed', ...canaries },
      { ...about, eventId: canaries.phone, type: 'permit.endorsed', note: canaries.address },
      { ...about, eventId: document.number, type: 'permit.endorsed' },
      { ...about, eventId: 'c-4', type: 'permit.endorsed', document: { ...document, ...canaries } },
    ];
    const body = JSON.stringify({ events });
    const answers: string[] = [];
    for (const sent of [body, body, body.replace('c-1', 'c-9'), body.slice(1)]) {
      const feed = { kind: 'feed', source: 'police', key: 'k1' };
      const answer = await handler(jsonPost('/v1/registry/events', sent, {}, feed), lambdaContext());
      answers.push(JSON.stringify([answer.headers, answer.body]));
    }
    expect(
      JSON.parse(JSON.parse(answers[0]!)[1]).results.map((each: { outcome: string }) => each.outcome),
    ).toEqual(['applied', 'applied', 'rejected', 'rejected', 'rejected', 'rejected']);
    const dump = textOfItems(await dumpResidents(dynamoDb.client));
    expect(dump).toContain('EVENT#police#c-2');
    expect(tracesIn(dump, values)).toEqual([]);
    expect(tracesIn(JSON.stringify([observers.messages, observers.problems]), values)).toEqual([]);
    // An event id comes back to the bureau that chose it, unless it can be a number: a phone of eleven digits cannot be told.
    expect(tracesIn(answers.join(), values)).toEqual([canaries.phone]);
  });

  it('would be found in whatever form it were there', () => {
    for (const [at, value] of values.entries()) {
      const bytes = Buffer.from(`${'x'.repeat(at)}${value}yy`);
      for (const item of [{ pk: bytes.toString() }, { payload: bytes }, { b: bytes.toString('base64url') }]) {
        expect(tracesIn(textOfItems([item]), values)).toContain(value);
      }
      expect(tracesIn(bytes.toString('hex'), [value])).toEqual([value]);
      expect(tracesIn(encodeURIComponent(value), [value])).toEqual([value]);
    }
    expect(tracesIn('nothing of the kind', values)).toEqual([]);
  });
});
