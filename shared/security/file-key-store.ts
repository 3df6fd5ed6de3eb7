import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openBytes, sealBytes, Unopenable } from './aes-gcm.ts';
import {
  contextText,
  type DataKey,
  type KeyContext,
  type KeyStore,
  KeyStoreUnavailable,
  KeyUnreadable,
} from './key-store.ts';

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
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
  const bytes = Buffer.from(text.trim(), 'base64');
  // Never replaced by a new one: with the old key everyone's data would be lost.
  if (bytes.byteLength !== keyBytes) throw new KeyStoreUnavailable('The key file does not hold a key.');
  return createSecretKey(bytes);
}

/** Null when another process made it first. The file appears under its name whole or not at all, kill or no kill. */
async function makeKey(path: string): Promise<KeyObject | null> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const bytes = randomBytes(keyBytes);
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${bytes.toString('base64')}\n`);
    await file.sync();
    await link(draft, path);
    return createSecretKey(bytes);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return null;
    throw error;
  } finally {
    await file.close();
    await unlink(draft);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
