import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createKeyStore } from '../../shared/security/create-key-store.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';
import { createDocumentClient } from '../../shared/stores/dynamodb/document-client.ts';
import { CommandError } from '../command-error.ts';
import { connectDatabase } from '../local/connect-database.ts';
import { tables } from '../tables.ts';

/** What tools of the register work on. */
export interface OpenRegister {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  readonly keyStore: KeyStore;
}

/** What a tool's help says of the environment it reads. */
export const registerEnvironmentHelp = `DYNAMODB_ENDPOINT names a DynamoDB of your own, else it is AWS; RESIDENTS_TABLE is the table (an output of the data
stack). Residents' keys are opened by RESIDENT_KEY_ID (a KMS key, an output of the data stack) or by KEY_FILE
(.local/resident.key beside the embedded DynamoDB).`;

/**
 * The register that the environment names.
 *
 * @throws CommandError when it names none, or no key store, or two, or the database does not answer.
 */
export async function openRegister(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<OpenRegister> {
  const { DYNAMODB_ENDPOINT: endpoint, RESIDENTS_TABLE: table } = environment;
  const { RESIDENT_KEY_ID: kmsKeyId, KEY_FILE: keyFile } = environment;
  if (!kmsKeyId === !keyFile) {
    throw new CommandError(
      "Name what opens residents' keys: RESIDENT_KEY_ID=<output ResidentKeyId of the data stack>, or on one machine KEY_FILE=.local/resident.key, and not both.",
    );
  }
  const keyStore = createKeyStore(keyFile ? { keyFile } : { kmsKeyId: kmsKeyId! });
  if (endpoint) {
    const { client } = await connectDatabase(endpoint, environment);
    return { client, table: table ?? tables.residents.name, keyStore };
  }
  if (!table) {
    throw new CommandError(
      'Name the table to use: RESIDENTS_TABLE=<output ResidentsTableName of the data stack>, or a DynamoDB of your own: DYNAMODB_ENDPOINT=http://127.0.0.1:8000',
    );
  }
  // Going through a whole table takes longer than answering somebody who waits.
  const client = createDocumentClient({ tryTimeoutMilliseconds: 5_000, deadlineMilliseconds: 30_000 });
  return { client, table, keyStore };
}
