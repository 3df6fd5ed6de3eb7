import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { openBytes, sealBytes, Unopenable } from './aes-gcm.ts';
import {
  contextText,
  type DataKey,
  type KeyContext,
  type KeyStore,
  KeyStoreUnavailable,
  KeyUnreadable,
} from './key-store.ts';
import { isErrorCode, writeNewFile } from './write-new-file.ts';

const keyBytes = 32;

/**
 * {@link KeyStore} for one machine: its key lies in a file that only the owner can read, made on first use. Whoever can
 * read the file can read the residents, so it is no substitute for a key management service.
 */
export class FileKeyStore implements KeyStore {
  readonly #path: string;
  #key: Promise<KeyObject> | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  async generateDataKey(context: KeyContext): Promise<DataKey> {
    const own = await this.#ownKey();
    const bytes = randomBytes(keyBytes);
    try {
      return { key: createSecretKey(bytes), wrapped: sealBytes(own, bytes, contextText(context)) };
    } finally {
      bytes.fill(0);
    }
  }

  async unwrap(wrapped: Uint8Array, context: KeyContext): Promise<KeyObject> {
    const own = await this.#ownKey();
    let bytes: Buffer;
    try {
      bytes = openBytes(own, wrapped, contextText(context));
    } catch (cause) {
      if (cause instanceof Unopenable) throw new KeyUnreadable({ cause });
      throw cause;
    }
    const key = createSecretKey(bytes);
    bytes.fill(0);
    return key;
  }

  #ownKey(): Promise<KeyObject> {
    this.#key ??= readOrMakeKey(this.#path).catch((error) => {
      this.#key = null;
      throw error instanceof KeyStoreUnavailable
        ? error
        : new KeyStoreUnavailable('The key file cannot be read or made.', { cause: error });
    });
    return this.#key;
  }
}

async function readOrMakeKey(path: string): Promise<KeyObject> {
  return (await readKey(path)) ?? (await makeKey(path)) ?? (await readKey(path)) ?? vanished();
}

function vanished(): never {
  throw new KeyStoreUnavailable('The key file was removed while it was being made.');
}

async function readKey(path: string): Promise<KeyObject | null> {
  let text: string;
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      throw new KeyStoreUnavailable('The key file can be read by others: allow its owner only (0600).');
    }
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return null;
    throw error;
  }
  const bytes = Buffer.from(text.trim(), 'base64');
  // Never replaced by a new one: with the old key everyone's data would be lost.
  if (bytes.byteLength !== keyBytes) throw new KeyStoreUnavailable('The key file does not hold a key.');
  return createSecretKey(bytes);
}

/** Null when another process made it first. */
async function makeKey(path: string): Promise<KeyObject | null> {
  const bytes = randomBytes(keyBytes);
  const isMade = await writeNewFile(path, `${bytes.toString('base64')}\n`, 0o600);
  return isMade ? createSecretKey(bytes) : null;
}
