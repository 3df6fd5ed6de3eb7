import { createHash, type KeyObject } from 'node:crypto';
import { contextText, type DataKey, type KeyContext, type KeyStore } from './key-store.ts';

export interface CachedKeyStoreOptions {
  /** How long an opened key is kept; it bounds how long a process can go on after the key was disabled. */
  readonly maxAgeMilliseconds?: number;
  /** How many opened keys are kept; the one unused for longest goes first. */
  readonly maxKeys?: number;
  /** Milliseconds of a clock that is never set back. */
  readonly now?: () => number;
}

interface OpenedKey {
  readonly key: Promise<KeyObject>;
  readonly until: number;
}

/**
 * A {@link KeyStore} that keeps opened keys for a bounded time and number, so that reading one resident again does not
 * ask the key service again. A key is only found by its wrapped form: where that was deleted, nothing is found.
 * Concurrent calls for one key share one opening; a failure is not kept.
 */
export class CachedKeyStore implements KeyStore {
  readonly #store: KeyStore;
  readonly #maxAgeMilliseconds: number;
  readonly #maxKeys: number;
  readonly #now: () => number;
  /** In the order of their last use. */
  readonly #opened = new Map<string, OpenedKey>();

  constructor(store: KeyStore, options: CachedKeyStoreOptions = {}) {
    const { maxAgeMilliseconds = 300_000, maxKeys = 1_000, now = () => performance.now() } = options;
    this.#store = store;
    this.#maxAgeMilliseconds = maxAgeMilliseconds;
    this.#maxKeys = maxKeys;
    this.#now = now;
  }

  async generateDataKey(context: KeyContext): Promise<DataKey> {
    const dataKey = await this.#store.generateDataKey(context);
    this.#keep(nameOf(dataKey.wrapped, context), Promise.resolve(dataKey.key));
    return dataKey;
  }

  unwrap(wrapped: Uint8Array, context: KeyContext): Promise<KeyObject> {
    const name = nameOf(wrapped, context);
    const opened = this.#opened.get(name);
    if (opened !== undefined && this.#now() < opened.until) {
      this.#opened.delete(name);
      this.#opened.set(name, opened);
      return opened.key;
    }
    const key = this.#store.unwrap(wrapped, context);
    const kept = this.#keep(name, key);
    key.catch(() => {
      if (this.#opened.get(name) === kept) this.#opened.delete(name);
    });
    return key;
  }

  #keep(name: string, key: Promise<KeyObject>): OpenedKey {
    const kept = { key, until: this.#now() + this.#maxAgeMilliseconds };
    this.#opened.delete(name);
    this.#opened.set(name, kept);
    if (this.#opened.size > this.#maxKeys) this.#opened.delete(this.#opened.keys().next().value!);
    return kept;
  }
}

/** The context is part of the name: a key that is kept must not open for another context either. */
function nameOf(wrapped: Uint8Array, context: KeyContext): string {
  return createHash('sha256').update(contextText(context)).update('\0').update(wrapped).digest('base64');
}
