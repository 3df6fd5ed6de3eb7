import { KMSClient } from '@aws-sdk/client-kms';
import { DependencyRetryStrategy } from '../resilience/dependency-retry-strategy.ts';
import type { KeyStore } from './key-store.ts';
import { KmsKeyStore } from './kms-key-store.ts';

/** As DynamoDB is waited for: a try ends before the call does, so that there is time for another. */
const tryTimeoutMilliseconds = 400;
const maxAttempts = 3;

/** The key store of a KMS key, by its id or ARN. Imported when a key is first asked for (`create-key-store.ts`). */
export function openKmsKeyStore(keyId: string): KeyStore {
  const client = new KMSClient({
    maxAttempts,
    retryStrategy: new DependencyRetryStrategy({ maxAttempts, throttled: 'all' }),
    requestHandler: {
      connectionTimeout: tryTimeoutMilliseconds,
      requestTimeout: tryTimeoutMilliseconds,
      throwOnRequestTimeout: true,
    },
  });
  return new KmsKeyStore(client, keyId);
}
