import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERSONA_DAY } from '../../infra/local/sample/persona.ts';
import { personas } from '../../infra/local/sample/personas.ts';
import { sampleResidents } from '../../infra/local/sample/sample-city.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import { foldEvents } from '../../shared/domain/register/fold-events.ts';
import { createKeyStore } from '../../shared/security/create-key-store.ts';
import { spawnedCommand } from '../support/commands.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';
import { residentStore } from '../support/register.ts';

let folder: string;
let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seed-'));
  dynamoDb = await startTestDynamoDb();
});
afterAll(async () => {
  await dynamoDb.stop();
  await rm(folder, { recursive: true });
});

function seed(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const environment = { DYNAMODB_ENDPOINT: dynamoDb.endpoint, KEY_FILE: join(folder, 'resident.key') };
  return spawnedCommand('seed', args, { environment, folder });
}

describe('npm run seed', () => {
  it('brings a city and the personas into the register, and changes nothing the second time', async () => {
    const people = [...sampleResidents({ residents: 15, seed: 1, asOf: PERSONA_DAY }), ...personas];
    const events = people.reduce((sum, person) => sum + person.events.length, 0);
    const first = await seed('--residents', '15');
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toContain(`15 residents and 20 personas: ${events} events stored, 0 there already`);

    const store = residentStore(dynamoDb.client, createKeyStore({ keyFile: join(folder, 'resident.key') }));
    for (const person of people) {
      const { document } = normaliseDocument(person.document);
      const stored = await store.find(document!);
      const given = person.events.map(({ source, event: { document: _, ...event } }) => ({
        ...event,
        source,
      }));
      expect(stored?.record).toEqual(foldEvents(given as never));
    }

    const second = await seed('--residents', '15');
    expect(second.stdout).toContain(`0 events stored, ${events} there already`);
  });

  it('says what is wrong with an option', async () => {
    for (const args of [['--residents', 'many'], ['--as-of', '2026-02-30'], ['--more']]) {
      expect(await seed(...args)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^[^\n]+See npm run seed -- --help\n$/),
      });
    }
  });
});
