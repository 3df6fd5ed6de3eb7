import type { ResidentKeys, ResidentStore } from '../shared/domain/register/resident-store.ts';
import { createKeyStore } from '../shared/security/create-key-store.ts';
import type { KeyStore } from '../shared/security/key-store.ts';
import type { BlindIndexSource } from '../shared/stores/dynamodb/blind-index-source.ts';
import { DynamoIndexKeys } from '../shared/stores/dynamodb/dynamo-index-keys.ts';
import { DynamoResidentStore } from '../shared/stores/dynamodb/dynamo-resident-store.ts';
import { databaseClient } from './database-client.ts';
import type { RegisterEnvironment } from './register-environment.ts';

/** What operations on residents need of the world; tests hand in their own. */
export interface RegisterDependencies {
  readonly residents: ResidentStore & ResidentKeys;
  /** Finds people without knowing their numbers. */
  readonly index: BlindIndexSource;
  /** Opens what is sealed under a resident's key, decisions for one. */
  readonly keyStore: KeyStore;
}

/**
 * The dependencies of a running function: the residents table, its key store and the index. Nothing is asked before the
 * first request needs it; what fails then is tried again by the next one.
 */
export function registerDependencies(
  environment: RegisterEnvironment,
  client = databaseClient(environment),
): RegisterDependencies {
  const { RESIDENTS_TABLE: table, RESIDENT_KEY_ID: kmsKeyId, KEY_FILE: keyFile } = environment;
  const keyStore = createKeyStore(keyFile === undefined ? { kmsKeyId: kmsKeyId! } : { keyFile });
  const index = new DynamoIndexKeys(client, table, keyStore);
  return { residents: new DynamoResidentStore(client, table, keyStore, index), keyStore, index };
}
