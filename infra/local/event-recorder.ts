import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type RecordedEvent, recordEvents } from '../../functions/record-events/record-events.ts';
import { type Language, languages } from '../../shared/contract/language.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';
import { DynamoIndexKeys } from '../../shared/stores/dynamodb/dynamo-index-keys.ts';
import { DynamoResidentStore } from '../../shared/stores/dynamodb/dynamo-resident-store.ts';

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

/** What a register is kept in. */
export interface RegisterPlace {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  readonly keyStore: KeyStore;
}

/** The way into a register: the one that bureaus' posts take. */
export function eventRecorder({ client, table, keyStore }: RegisterPlace): EventRecorder {
  const index = new DynamoIndexKeys(client, table, keyStore);
  const residents = new DynamoResidentStore(client, table, keyStore, index);
  return (events, source, language = languages[0]) =>
    recordEvents(residents, events, { source, language, pointerTo: () => '', residentsAtOnce });
}
