import { createKeyStore } from '../../shared/security/create-key-store.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { keyFileIn, localDataDirectory } from '../local/data-files.ts';
import type { RegisterPlace } from '../local/event-recorder.ts';
import { closedAfter } from './closed-after.ts';
import { openTables } from './open-tables.ts';

/** What tools of the register work on. */
export interface OpenRegister extends RegisterPlace {
  /** Tells one register from another, also after a restart. */
  readonly place: string;
  close(): Promise<void>;
}

/** What a tool's help says of the register it works on. */
export const registerHelp = `Works on the register of this machine, whether npm start runs or not; on AWS where RESIDENTS_TABLE and
RESIDENT_KEY_ID (outputs of the data stack) name it; or on a DynamoDB of your own that DYNAMODB_ENDPOINT names,
with KEY_FILE for the file of its key.`;

/**
 * Opens the register a command is meant for, with the key store that goes with it.
 *
 * @throws CommandError when a table or the key is not named, or two keys are, or nothing answers.
 */
export async function openRegister(
  environment: Environment = process.env,
  dataDirectory = localDataDirectory,
): Promise<OpenRegister> {
  const { RESIDENT_KEY_ID: kmsKeyId, KEY_FILE: keyFile } = environment;
  if (kmsKeyId && keyFile) {
    throw new CommandError(
      "Name one of what opens residents' keys, RESIDENT_KEY_ID (a key of KMS) or KEY_FILE, and not both.",
    );
  }
  const opened = await openTables(['residents'], environment, dataDirectory);
  if (!opened.local && !kmsKeyId) {
    throw new CommandError(
      'Name the key of the register: RESIDENT_KEY_ID=<output ResidentKeyId of the data stack>',
    );
  }
  return {
    client: opened.client,
    table: opened.tableName('residents'),
    keyStore: createKeyStore(kmsKeyId ? { kmsKeyId } : { keyFile: keyFile ?? keyFileIn(dataDirectory) }),
    place: opened.place,
    close: () => opened.close(),
  };
}

/** Uses a register for as long as a command takes, and closes it whatever comes of it. */
export async function withRegister<Outcome>(
  use: (register: OpenRegister) => Promise<Outcome>,
  ...where: Parameters<typeof openRegister>
): Promise<Outcome> {
  return closedAfter(await openRegister(...where), use);
}
