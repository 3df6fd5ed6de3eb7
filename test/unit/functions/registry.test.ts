import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../functions/read-environment.ts';
import { readRegisterProblem } from '../../../functions/register-problems.ts';
import { environmentSchema } from '../../../functions/registry/env.ts';
import { registryOperations } from '../../../functions/registry/routes.ts';
import { problemBody } from '../../../shared/contract/problem-body.ts';
import { registryOutcomes } from '../../../shared/contract/registry/response.ts';
import {
  ResidentContended,
  ResidentCorrupted,
  ResidentStoreUnavailable,
} from '../../../shared/domain/register/resident-store.ts';
import { createApi } from '../../../shared/http/create-api.ts';
import { MemoryResidentStore } from '../../support/memory-resident-store.ts';
import { jsonPost, lambdaContext } from '../../support/proxy-event.ts';
import { recordingObservers } from '../../support/recording-log.ts';
import { sampleDocument } from '../../support/register.ts';

const feed = { kind: 'feed', source: 'police', key: 'k1' };

function registryApi(residents = new MemoryResidentStore()) {
  const observers = recordingObservers();
  const handler = createApi({
    name: 'registry',
    operations: registryOperations({ residents, log: observers.log }),
    readProblem: readRegisterProblem,
    ...observers,
  });
  const send = async (
    body: unknown,
    {
      caller = feed,
      headers = {},
    }: { caller?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) => {
    const text = JSON.stringify(body);
    const answer = await handler(jsonPost('/v1/registry/events', text, headers, caller), lambdaContext());
    return { status: answer.statusCode, text: answer.body, json: JSON.parse(answer.body) };
  };
  const events = async (...sent: readonly unknown[]) => {
    const { status, json } = await send({ events: sent });
    expect(status).toBe(207);
    return registryOutcomes.parse(json).results;
  };
  return { residents, send, events, ...observers };
}

let lastId = 0;
function endorsed(serial: number, change: object = {}) {
  const document = { ...sampleDocument(serial) };
  return { type: 'permit.endorsed', eventId: `e-${++lastId}`, occurredOn: '2024-05-06', document, ...change };
}

describe('POST /v1/registry/events', () => {
  it('stores every event under the bureau of the key, and says so in order', async () => {
    const { events, residents } = registryApi();
    const sent = [endorsed(1), endorsed(2), endorsed(1)];
    expect(await events(...sent)).toEqual(
      sent.map(({ eventId }) => ({ eventId, outcome: 'applied', errors: [] })),
    );
    expect(residents.appends.flatMap((append) => append.events.map(({ source }) => source))).toEqual(
      Array(3).fill('police'),
    );
    await expect(residents.find(sampleDocument(1))).resolves.toMatchObject({
      record: { permitEvents: [{ type: 'endorsed', on: '2024-05-06' }] },
    });
  });

  it('calls the same event a duplicate, in one request and in the next', async () => {
    const { events } = registryApi();
    const [first, second] = [endorsed(1), endorsed(1)];
    const outcomes = async (...sent: unknown[]) => (await events(...sent)).map(({ outcome }) => outcome);
    expect(await outcomes(first, first)).toEqual(['applied', 'duplicate']);
    expect(await outcomes(second, first)).toEqual(['applied', 'duplicate']);
  });

  it('writes the events of one resident together, whichever way the number is written', async () => {
    const { events, residents } = registryApi();
    const { type, number } = sampleDocument(7);
    const spaced = { type, number: ` ${number.slice(0, 6)} ${number.slice(6).toLowerCase()}` };
    await events(endorsed(7), endorsed(8), endorsed(7, { document: spaced }));
    expect(residents.appends.map((append) => append.events.length).sort()).toEqual([1, 2]);
  });

  it('rejects what is not valid with its place, and stores the rest', async () => {
    const { events, residents } = registryApi();
    const wrongDigit = sampleDocument(1).number.replace(/.$/, (last) => (last === '1' ? '2' : '1'));
    const results = await events(
      endorsed(1),
      endorsed(1, { occurredOn: '2024-02-30', note: 'x' }),
      null,
      endorsed(1, { document: { type: 'resident-id', number: wrongDigit } }),
      endorsed(2, { type: 'resident.registered', birthDate: '2025-01-01' }),
      endorsed(3),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'applied',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'applied',
    ]);
    expect(results.flatMap(({ errors }) => errors.map(({ pointer, code }) => `${pointer} ${code}`))).toEqual([
      '/events/1/occurredOn not-a-date',
      '/events/1/note unknown-field',
      '/events/2 wrong-type',
      '/events/3/document/number document-check-digit',
      '/events/4/occurredOn born-after-fact',
    ]);
    expect(residents.appends).toHaveLength(2);
  });

  it('repeats no number: not from a document, not from an event id, not in a log', async () => {
    const { events, messages } = registryApi();
    const { number } = sampleDocument(4);
    const results = await events(
      endorsed(4, { eventId: number }),
      endorsed(4, { eventId: `x-${number}`, occurredOn: 'never' }),
      endorsed(4, { eventId: number, document: { type: 'resident-id', number: `${number}9` } }),
      endorsed(4, { document: number }),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('rejected'));
    expect(results.map(({ eventId }) => eventId).slice(0, 3)).toEqual([null, null, null]);
    expect(JSON.stringify([results, messages])).not.toContain(number.slice(0, 14));
  });

  it.each([
    [new ResidentStoreUnavailable('down'), 'store-unavailable'],
    [new ResidentContended(), 'resident-contended'],
    [new ResidentCorrupted(), 'internal-error'],
    [new Error('51010419900101'), 'internal-error'],
  ])('says which events failed through a fault of ours, for others are stored: %s', async (fault, code) => {
    const { events, residents, messages } = registryApi();
    residents.faults.set(sampleDocument(2).number, fault);
    const results = await events(endorsed(1), endorsed(2), endorsed(1), endorsed(2), null);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'applied',
      'failed',
      'applied',
      'failed',
      'rejected',
    ]);
    expect(results[3]?.errors).toMatchObject([{ pointer: '/events/3', code }]);
    expect(messages.filter(({ name }) => name === 'eventsNotStored')).toEqual([
      {
        name: 'eventsNotStored',
        fields: {
          operationId: 'recordEvents',
          count: 2,
          errorName: fault.name,
          stack:
            code === 'internal-error' ? expect.arrayContaining([expect.stringMatching(/^at /)]) : undefined,
        },
      },
    ]);
    expect(JSON.stringify([results, messages])).not.toContain('51010419900101');
    residents.faults.clear();
    const again = await events(endorsed(2));
    expect(again[0]?.outcome).toBe('applied');
  });

  it('is unavailable when nothing at all could be stored', async () => {
    const { send, residents } = registryApi();
    residents.fault = new ResidentStoreUnavailable('down');
    const { status, json } = await send({ events: [endorsed(1), endorsed(2)] });
    expect([status, problemBody.parse(json).code, json.retryable]).toEqual([503, 'unavailable', true]);
    expect(json.detail).toContain('重新报送');
    residents.fault = new ResidentCorrupted();
    expect((await send({ events: [endorsed(1)] })).json.results).toMatchObject([
      { outcome: 'failed', errors: [{ code: 'internal-error' }] },
    ]);
    residents.fault = new ResidentContended();
    expect((await send({ events: [endorsed(1)] })).status).toBe(503);
    // What will be rejected again must be said now, or the feed sends it for ever.
    expect((await send({ events: [endorsed(1), null] })).status).toBe(207);
  });

  it('refuses a body that is no list of 1 to 100 events', async () => {
    const { send } = registryApi();
    for (const body of [
      {},
      { events: [] },
      { events: Array(101).fill({}) },
      [],
      { events: [{}], source: 'x' },
    ]) {
      expect((await send(body)).status).toBe(422);
    }
    expect((await send({ events: Array(100).fill({}) })).status).toBe(207);
  });

  it('speaks the language asked for', async () => {
    const { send } = registryApi();
    const sent = { events: [endorsed(1, { occurredOn: 'never' })] };
    const english = await send(sent, { headers: { 'Accept-Language': 'en' } });
    expect(english.json.results[0].errors[0].detail).toMatch(/^This must be a date/);
    expect((await send(sent)).json.results[0].errors[0].detail).toMatch(/日期/);
  });

  it('lets nobody in but a feed', async () => {
    const { send, residents } = registryApi();
    const clerk = { kind: 'clerk', subject: 'c1', district: '510107', post: 'p1' };
    for (const caller of [{}, clerk, { ...feed, source: 'Police Bureau' }]) {
      expect((await send({ events: [endorsed(1)] }, { caller })).status).toBe(403);
    }
    expect(residents.appends).toEqual([]);
  });

  it('asks for several residents at a time, and not for all at once', async () => {
    let [running, most] = [0, 0];
    class Slow extends MemoryResidentStore {
      override async append(...given: Parameters<MemoryResidentStore['append']>) {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running--;
        return super.append(...given);
      }
    }
    const { events } = registryApi(new Slow());
    await events(...Array.from({ length: 50 }, (_, serial) => endorsed(serial)));
    expect(most).toBe(8);
  });
});

describe("the registry function's environment", () => {
  const table = { RESIDENTS_TABLE: 'residents' };

  it.each([[{ ...table, KEY_FILE: '/k' }], [{ ...table, RESIDENT_KEY_ID: 'arn:aws:kms:x' }]])(
    'names one key store: %j',
    (variables) => {
      expect(readEnvironment(environmentSchema, variables)).toEqual(variables);
    },
  );

  it.each([[table], [{ ...table, KEY_FILE: '/k', RESIDENT_KEY_ID: 'k' }]])(
    'is refused with none, or with both: %j',
    (variables) => {
      expect(() => readEnvironment(environmentSchema, variables)).toThrow(
        /RESIDENT_KEY_ID: .*KEY_FILE.*exactly one/,
      );
    },
  );
});
