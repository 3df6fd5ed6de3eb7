import { KMSClient } from '@aws-sdk/client-kms';
import { FileKeyStore } from './file-key-store.ts';
import type { KeyStore } from './key-store.ts';
import { KmsKeyStore } from './kms-key-store.ts';

/** Where the key is that wraps the keys of API key hashes: in KMS, or in a file of this machine. */
export interface CredentialsKeyPlace {
  readonly CREDENTIALS_KEY_ID?: string | undefined;
  readonly CREDENTIALS_KEY_FILE?: string | undefined;
}

/** @throws Error when neither place is named, or both are. */
export function openCredentialsKeyStore(place: CredentialsKeyPlace): KeyStore {
  const { CREDENTIALS_KEY_ID: keyId, CREDENTIALS_KEY_FILE: file } = place;
  if ((keyId === undefined) === (file === undefined)) {
    throw new Error('Name one of CREDENTIALS_KEY_ID (on AWS) and CREDENTIALS_KEY_FILE (on one machine).');
  }
  return keyId === undefined ? new FileKeyStore(file!) : new KmsKeyStore(new KMSClient(), keyId);
}
