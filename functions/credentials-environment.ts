import * as z from 'zod/mini';
import { keyEnvironments } from '../shared/security/api-keys/api-key.ts';
import { createKeyStore } from '../shared/security/create-key-store.ts';
import type { KeyStore } from '../shared/security/key-store.ts';

/** The variables of a function that tells API keys from each other, or makes them. */
export const credentialsEnvironment = {
  /** Name of the table of API keys and their owners. */
  PARTNERS_TABLE: z.string().check(z.minLength(1)),
  /** Which API keys are good here. */
  API_KEY_ENVIRONMENT: z.enum(keyEnvironments),
  /** Id or ARN of the KMS key that wraps the keys of the hashes: on AWS. */
  CREDENTIALS_KEY_ID: z.optional(z.string().check(z.minLength(1))),
  /** The file with the key that wraps them: on one machine. */
  KEY_FILE: z.optional(z.string().check(z.minLength(1))),
  /** Names another DynamoDB than the region's: the embedded one, for instance. */
  DYNAMODB_ENDPOINT: z.optional(z.url()),
};

type CredentialsEnvironment = z.infer<z.ZodMiniObject<typeof credentialsEnvironment>>;

/**
 * The key store that wraps the keys of the hashes.
 *
 * @throws Error when the environment names none.
 */
export function credentialsKeyStore({
  CREDENTIALS_KEY_ID: kmsKeyId,
  KEY_FILE: keyFile,
}: Pick<CredentialsEnvironment, 'CREDENTIALS_KEY_ID' | 'KEY_FILE'>): KeyStore {
  if (kmsKeyId !== undefined) return createKeyStore({ kmsKeyId });
  if (keyFile !== undefined) return createKeyStore({ keyFile });
  throw new Error('Name one of CREDENTIALS_KEY_ID (on AWS) and KEY_FILE (on one machine).');
}
