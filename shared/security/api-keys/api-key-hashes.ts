import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { HashKeyStore, WrappedHashKey } from '../../domain/partners/hash-key-store.ts';
import type { KeyContext, KeyStore } from '../key-store.ts';
import type { ApiKey } from './api-key.ts';

/** The context a key of the HMAC is made and opened in. */
export function hashKeyContext(version: string): KeyContext {
  return { purpose: 'api-key-hash', version };
}

const hashForm = /^(v[1-9]\d*)\.([\w-]{43})$/;

/**
 * Hashes of API keys: HMAC-SHA-256 under a key that is kept wrapped by the key store, as `<version>.<base64url>`.
 * A plain hash would do for random keys; under a key, whoever can write to the table still cannot make a key of theirs
 * good. Opened keys stay in memory for the life of the process.
 */
export class ApiKeyHashes {
  readonly #store: HashKeyStore;
  readonly #keyStore: KeyStore;
  readonly #opened = new Map<string, Promise<KeyObject>>();

  constructor(store: HashKeyStore, keyStore: KeyStore) {
    this.#store = store;
    this.#keyStore = keyStore;
  }

  /**
   * The hash of a key under the newest version; makes the first one where there is none.
   *
   * @throws PartnerStoreUnavailable, KeyStoreUnavailable, KeyUnreadable
   */
  async of(key: ApiKey): Promise<string> {
    const newest = newestOf(await this.#store.listHashKeys()) ?? (await this.#makeFirst());
    return hash(await this.#open(newest), newest.version, key);
  }

  /**
   * Whether a stored hash is that of the key, in the same time whatever it is.
   *
   * @throws PartnerStoreUnavailable, KeyStoreUnavailable, KeyUnreadable
   */
  async matches(key: ApiKey, stored: string): Promise<boolean> {
    const version = hashForm.exec(stored)?.[1];
    if (version === undefined) return false;
    const opened = await this.#opened.get(version);
    const hashKey = opened ?? (await this.#openVersion(version));
    if (hashKey === null) return false;
    return timingSafeEqual(Buffer.from(hash(hashKey, version, key)), Buffer.from(stored));
  }

  async #openVersion(version: string): Promise<KeyObject | null> {
    const wrapped = (await this.#store.listHashKeys()).find((candidate) => candidate.version === version);
    return wrapped === undefined ? null : this.#open(wrapped);
  }

  #open({ version, wrapped }: WrappedHashKey): Promise<KeyObject> {
    const opened = this.#opened.get(version) ?? this.#keyStore.unwrap(wrapped, hashKeyContext(version));
    this.#opened.set(version, opened);
    // A failure is not kept.
    opened.catch(() => this.#opened.delete(version));
    return opened;
  }

  async #makeFirst(): Promise<WrappedHashKey> {
    const version = 'v1';
    const { wrapped } = await this.#keyStore.generateDataKey(hashKeyContext(version));
    const made = { version, wrapped };
    if ((await this.#store.addHashKey(made)) === 'added') return made;
    // Somebody else was first; theirs counts.
    return newestOf(await this.#store.listHashKeys())!;
  }
}

function newestOf(keys: readonly WrappedHashKey[]): WrappedHashKey | null {
  const number = ({ version }: WrappedHashKey) => Number(version.slice(1));
  return keys.toSorted((a, b) => number(b) - number(a))[0] ?? null;
}

function hash(key: KeyObject, version: string, { text }: ApiKey): string {
  return `${version}.${createHmac('sha256', key).update(`api-key\0${text}`).digest('base64url')}`;
}
