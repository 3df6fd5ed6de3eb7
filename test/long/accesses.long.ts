import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededChooser } from '../support/chooser.ts';
import { cityPack } from '../support/city-pack.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { faultyClient } from '../support/faulty-client.ts';
import { looksAndEntries } from '../support/looks-at-random.ts';
import { sampleDocument } from '../support/register.ts';
import { registerApi } from '../support/register-api.ts';
import { eventOn } from '../unit/register/events.ts';

const looks = Number(process.env.LOOKS ?? 10_000);
const seed = Number(process.env.LOOKS_SEED ?? Date.now() % 1_000_000);
const MINUTES = 60_000;

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
});
afterAll(() => dynamoDb.stop());

describe('accesses and entries of the audit', () => {
  it(
    `are one to one over ${looks} operations at random, one in seven cut off (seed ${seed})`,
    async () => {
      const faulty = faultyClient(dynamoDb.client);
      const api = await registerApi({ client: faulty.client, packs: [cityPack()], defaultPolicy: 'city' });
      const persons = Array.from({ length: 40 }, (_, number) => sampleDocument(2_000 + number));
      for (const [number, person] of persons.entries()) {
        // One in four is known to nobody.
        if (number % 4 === 0) continue;
        const areaCode = number % 2 === 0 ? '510104' : '510107';
        await api.residents.append(person, [eventOn('2023-07-01', { type: 'permit.issued', areaCode })]);
      }
      const world = { api, faulty };
      const { figures, entries } = await looksAndEntries(seededChooser(seed), world, persons, looks);
      console.log(
        `accesses: ${looks} operations, ${figures.answered} answered, ${figures.lost} recorded and their answer lost, ${figures.refused} refused; ${entries} entries`,
      );
      expect(entries).toBe(figures.answered + figures.lost);
      expect(figures.lost).toBeGreaterThan(looks / 200);
    },
    30 * MINUTES,
  );
});
