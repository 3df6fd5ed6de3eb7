import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { importEvents } from '../../functions/import/import-events.ts';
import { readNdjson } from '../../functions/import/read-ndjson.ts';
import { type OpenRegister, withRegister } from '../../infra/cli/open-register.ts';
import { eventRecorder } from '../../infra/local/event-recorder.ts';
import { dumpResidents } from '../support/register.ts';

type Item = Record<string, unknown>;

/** What one contender did with all events, or a part of them. */
export interface Timed {
  readonly events: number;
  readonly seconds: number;
  /** Processor time of this process, microseconds an event; the database's own is not in it. */
  readonly ownMicroseconds: number;
}

const language = 'en';
/** As many requests are under way at once. */
const atOnce = 16;
const maxTransactionItems = 100;

/** Imports a file into a new register, as `npm run import` does; also what then stands in its table. */
export function timeImport(
  file: string,
  directory: string,
): Promise<Timed & { readonly items: readonly Item[] }> {
  return withRegister(
    async (register) => {
      const record = eventRecorder(register);
      const steps = importEvents(readNdjson(createReadStream(file)), {
        skipLines: 0,
        language,
        record: (events) => record(events, 'public-security', language),
        pause: () => Promise.reject(new Error('The database did not answer.')),
      });
      const timed = await time(async () => {
        let events = 0;
        for await (const { applied } of steps) events += applied;
        return events;
      });
      return { ...timed, items: await dumpResidents(register.client) };
    },
    {},
    directory,
  );
}

/** Writes the same items to a new table, those of a resident in one transaction, with nothing asked and nothing made. */
export function timeTransactions(items: readonly Item[], directory: string): Promise<Timed> {
  const transactions = [...Map.groupBy(items, residentOf).values()].flatMap((ofOne) =>
    Array.from({ length: Math.ceil(ofOne.length / maxTransactionItems) }, (_, part) =>
      ofOne.slice(part * maxTransactionItems, (part + 1) * maxTransactionItems),
    ),
  );
  return timeWrites(directory, transactions, (ofOne, { client, table }) =>
    client.send(
      new TransactWriteCommand({ TransactItems: ofOne.map((Item) => ({ Put: { TableName: table, Item } })) }),
    ),
  );
}

/**
 * Writes the items of some residents to a new table, each by itself.
 *
 * @param oneIn how many residents there are to each of those.
 */
export function timePuts(items: readonly Item[], oneIn: number, directory: string): Promise<Timed> {
  const single = [...Map.groupBy(items, residentOf).values()]
    .filter((_, resident) => resident % oneIn === 0)
    .flatMap((ofOne) => ofOne.map((item) => [item]));
  return timeWrites(directory, single, ([Item], { client, table }) =>
    client.send(new PutCommand({ TableName: table, Item })),
  );
}

function timeWrites(
  directory: string,
  groups: readonly (readonly Item[])[],
  write: (
    items: readonly Item[],
    place: { readonly client: DynamoDBDocumentClient; readonly table: string },
  ) => Promise<unknown>,
): Promise<Timed> {
  return withRegister(
    (register: OpenRegister) =>
      time(async () => {
        const waiting = groups.values();
        const work = async () => {
          for (const group of waiting) await write(group, register);
        };
        await Promise.all(Array.from({ length: atOnce }, work));
        return groups.flat().filter(({ type }) => type === 'register-event').length;
      }),
    {},
    directory,
  );
}

async function time(work: () => Promise<number>): Promise<Timed> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const events = await work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    events,
    seconds: (performance.now() - started) / 1_000,
    ownMicroseconds: (user + system) / events,
  };
}

function residentOf({ pk, residentId }: Item): string {
  return typeof residentId === 'string' ? residentId : String(pk).replace(/^[A-Z]+#/, '');
}

/** Where the database of a contender lies. */
export const placeOf = (folder: string, contender: string, round: number) =>
  join(folder, `${contender}-${round}`);
