import { createSecretKey, type KeyObject } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import {
  type DataKey,
  type KeyContext,
  type KeyStore,
  KeyStoreUnavailable,
  KeyUnreadable,
} from './key-store.ts';

/** What KMS says when the wrapped key is at fault: altered, for another context, or under another KMS key. */
const unreadableNames = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

/**
 * {@link KeyStore} on a symmetric key of AWS KMS, the context as its encryption context: it stands in CloudTrail, so
 * that each opening of a resident's key leaves a trace outside this system.
 */
export class KmsKeyStore implements KeyStore {
  readonly #client: KMSClient;
  readonly #keyId: string;
  readonly #deadlineMilliseconds: number;

  /**
   * @param keyId id or ARN of the key. Not an alias: an alias can be pointed elsewhere.
   * @param deadlineMilliseconds for a call with all its tries.
   */
  constructor(client: KMSClient, keyId: string, deadlineMilliseconds = 1_000) {
    this.#client = client;
    this.#keyId = keyId;
    this.#deadlineMilliseconds = deadlineMilliseconds;
  }

  async generateDataKey(context: KeyContext): Promise<DataKey> {
    const { Plaintext, CiphertextBlob } = await this.#answer(
      this.#client.send(
        new GenerateDataKeyCommand({
          KeyId: this.#keyId,
          KeySpec: 'AES_256',
          EncryptionContext: { ...context },
        }),
        this.#options(),
      ),
    );
    if (CiphertextBlob === undefined) throw new KeyStoreUnavailable('The key service gave no wrapped key.');
    return { key: secretKey(Plaintext), wrapped: CiphertextBlob };
  }

  async unwrap(wrapped: Uint8Array, context: KeyContext): Promise<KeyObject> {
    const { Plaintext } = await this.#answer(
      this.#client.send(
        // The key id is named, so that no other key this function may use can open it.
        new DecryptCommand({
          KeyId: this.#keyId,
          CiphertextBlob: wrapped,
          EncryptionContext: { ...context },
        }),
        this.#options(),
      ),
    );
    return secretKey(Plaintext);
  }

  #options() {
    return { abortSignal: AbortSignal.timeout(this.#deadlineMilliseconds) };
  }

  async #answer<Output>(sent: Promise<Output>): Promise<Output> {
    try {
      return await sent;
    } catch (cause) {
      const name = cause instanceof Error ? cause.name : typeof cause;
      if (unreadableNames.has(name)) throw new KeyUnreadable({ cause });
      throw new KeyStoreUnavailable(`The key service did not answer: ${name}.`, { cause });
    }
  }
}

function secretKey(bytes: Uint8Array | undefined): KeyObject {
  if (bytes?.byteLength !== 32) throw new KeyStoreUnavailable('The key service gave no key of 256 bits.');
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}
