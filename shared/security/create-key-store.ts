import { KMSClient } from '@aws-sdk/client-kms';
import { DependencyRetryStrategy } from '../resilience/dependency-retry-strategy.ts';
import { CachedKeyStore } from './cached-key-store.ts';
import { FileKeyStore } from './file-key-store.ts';
import type { KeyStore } from './key-store.ts';
import { KmsKeyStore } from './kms-key-store.ts';

/** Where data keys are wrapped: under a key of AWS KMS (its id or ARN), or under one in a file of this machine. */
export type KeyStorePlace =
  | { readonly kmsKeyId: string; readonly keyFile?: never }
  | { readonly keyFile: string; readonly kmsKeyId?: never };

/** As DynamoDB is waited for: a try ends before the call does, so that there is time for another. */
const tryTimeoutMilliseconds = 400;
const maxAttempts = 3;

/** The key store of a place, with opened keys kept in memory for a bounded time. Reads nothing yet. */
export function createKeyStore({ kmsKeyId, keyFile }: KeyStorePlace): KeyStore {
  if (keyFile !== undefined) return new CachedKeyStore(new FileKeyStore(keyFile));
  const client = new KMSClient({
    maxAttempts,
    retryStrategy: new DependencyRetryStrategy({ maxAttempts, throttled: 'all' }),
    requestHandler: {
      connectionTimeout: tryTimeoutMilliseconds,
      requestTimeout: tryTimeoutMilliseconds,
      throwOnRequestTimeout: true,
    },
  });
  return new CachedKeyStore(new KmsKeyStore(client, kmsKeyId));
}
