import { type RecordedEvent, recordEvents } from '../../functions/record-events/record-events.ts';
import { type Language, languages } from '../../shared/contract/language.ts';
import { DynamoIndexKeys } from '../../shared/stores/dynamodb/dynamo-index-keys.ts';
import { DynamoResidentStore } from '../../shared/stores/dynamodb/dynamo-resident-store.ts';
import type { OpenRegister } from './open-register.ts';

/** Judges and stores events of a bureau, as what it posts; an outcome each, in their order. */
export type EventRecorder = (
  events: readonly unknown[],
  source: string,
  language?: Language,
) => Promise<readonly RecordedEvent[]>;

/**
 * A command has nothing else to do than to keep the store busy. More than that only wait for one another at the end of a step.
 */
const residentsAtOnce = 16;

/** The way into an open register: the one that bureaus' posts take. */
export function eventRecorder({ client, table, keyStore }: OpenRegister): EventRecorder {
  const index = new DynamoIndexKeys(client, table, keyStore);
  const residents = new DynamoResidentStore(client, table, keyStore, index);
  return (events, source, language = languages[0]) =>
    recordEvents(residents, events, { source, language, pointerTo: () => '', residentsAtOnce });
}
