import { type RecordedEvent, recordEvents } from '../../functions/record-events/record-events.ts';
import { languages } from '../../shared/contract/language.ts';
import type { ResidentKeys, ResidentStore } from '../../shared/domain/register/resident-store.ts';
import { createKeyStore } from '../../shared/security/create-key-store.ts';
import { DynamoIndexKeys } from '../../shared/stores/dynamodb/dynamo-index-keys.ts';
import { DynamoResidentStore } from '../../shared/stores/dynamodb/dynamo-resident-store.ts';
import { CommandError } from '../command-error.ts';
import { keyFileIn } from '../local/data-files.ts';
import { localDataDirectory, openTables } from './open-tables.ts';

/** The register a command works on. */
export interface OpenRegister {
  readonly residents: ResidentStore & ResidentKeys;
  /** Tells one register from another, also after a restart. */
  readonly place: string;
  /** Judges and stores events of a bureau, as what it posts. */
  record(
    events: readonly unknown[],
    source: string,
    language?: (typeof languages)[number],
  ): Promise<readonly RecordedEvent[]>;
  close(): Promise<void>;
}

/** A command has nothing else to do than to keep the store busy. */
const residentsAtOnce = 32;

/**
 * Opens the register of the tables a command is meant for ({@link openTables}), with the key store that goes with them: the
 * key file of this machine or the one `KEY_FILE` names; on AWS, the key of KMS that `RESIDENT_KEY_ID` names.
 *
 * @throws CommandError when a table or the key is not named, or nothing answers.
 */
export async function openRegister(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  dataDirectory = localDataDirectory,
): Promise<OpenRegister> {
  const opened = await openTables(['residents'], environment, dataDirectory);
  const { RESIDENT_KEY_ID: kmsKeyId, KEY_FILE: keyFile = keyFileIn(dataDirectory) } = environment;
  if (!opened.local && !kmsKeyId) {
    throw new CommandError('Name the key of the register: RESIDENT_KEY_ID=<output of the data stack>');
  }
  const keyStore = createKeyStore(opened.local ? { keyFile } : { kmsKeyId: kmsKeyId! });
  const table = opened.tableName('residents');
  const index = new DynamoIndexKeys(opened.client, table, keyStore);
  const residents = new DynamoResidentStore(opened.client, table, keyStore, index);
  return {
    residents,
    place: opened.place,
    record: (events, source, language = languages[0]) =>
      recordEvents(residents, events, { source, language, pointerTo: () => '', residentsAtOnce }),
    close: () => opened.close(),
  };
}
