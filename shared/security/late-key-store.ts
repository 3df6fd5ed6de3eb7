import type { KeyObject } from 'node:crypto';
import { late } from '../caching/late.ts';
import type { DataKey, KeyContext, KeyStore } from './key-store.ts';

/** A key store that is opened when a key is first asked for, so that what it needs is not loaded before. */
export class LateKeyStore implements KeyStore {
  readonly #store: () => Promise<KeyStore>;

  constructor(open: () => Promise<KeyStore>) {
    this.#store = late(open);
  }

  async generateDataKey(context: KeyContext): Promise<DataKey> {
    return (await this.#store()).generateDataKey(context);
  }

  async unwrap(wrapped: Uint8Array, context: KeyContext): Promise<KeyObject> {
    return (await this.#store()).unwrap(wrapped, context);
  }
}
