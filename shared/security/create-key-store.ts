import { CachedKeyStore } from './cached-key-store.ts';
import { FileKeyStore } from './file-key-store.ts';
import type { KeyStore } from './key-store.ts';
import { LateKeyStore } from './late-key-store.ts';

/** Where data keys are wrapped: under a key of AWS KMS (its id or ARN), or under one in a file of this machine. */
export type KeyStorePlace =
  | { readonly kmsKeyId: string; readonly keyFile?: never }
  | { readonly keyFile: string; readonly kmsKeyId?: never };

/** The key store of a place, with opened keys kept in memory for a bounded time. Reads nothing yet. */
export function createKeyStore({ kmsKeyId, keyFile }: KeyStorePlace): KeyStore {
  if (keyFile !== undefined) return new CachedKeyStore(new FileKeyStore(keyFile));
  return new CachedKeyStore(
    // A function starts without the client: where keys are in a file, and for requests that need none, it is never loaded.
    new LateKeyStore(async () => (await import('./open-kms-key-store.ts')).openKmsKeyStore(kmsKeyId)),
  );
}
