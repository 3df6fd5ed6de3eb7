import type { KeyObject } from 'node:crypto';

/** What a data key is for, in words that are not secret; a wrapped key only opens under the context it was made for. */
export type KeyContext = Readonly<Record<string, string>>;

/** A fresh key of 256 bits, and the same under the store's own key, to be kept beside what it encrypts. */
export interface DataKey {
  readonly key: KeyObject;
  readonly wrapped: Uint8Array;
}

/**
 * Makes and opens data keys. A data key is kept nowhere but in its wrapped form, by whoever asked for it: delete that,
 * and what the key encrypted stays unreadable for good.
 */
export interface KeyStore {
  /** @throws KeyStoreUnavailable */
  generateDataKey(context: KeyContext): Promise<DataKey>;

  /** @throws KeyUnreadable when it was not wrapped here, for this context; KeyStoreUnavailable. */
  unwrap(wrapped: Uint8Array, context: KeyContext): Promise<KeyObject>;
}

/** The store cannot open a wrapped key: another store's, another context's, or altered. Trying again is no use. */
export class KeyUnreadable extends Error {
  constructor(options?: ErrorOptions) {
    super('The wrapped key cannot be opened in this context.', options);
    this.name = 'KeyUnreadable';
  }
}

/** The store did not answer, or not as it should; the same call may succeed later. */
export class KeyStoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyStoreUnavailable';
  }
}

/** One text a context, whatever the order its members were written in. */
export function contextText(context: KeyContext): string {
  return JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)));
}
