import { createHmac, type KeyObject } from 'node:crypto';
import type { CanonicalDocument } from '../domain/identity/document.ts';
import type { KeyContext, KeyStore } from './key-store.ts';

/** A key of the index under its version: `v1`, `v2` … */
export interface BlindIndexKey {
  readonly version: string;
  readonly key: KeyObject;
}

/** A key of the index as the configuration holds it: wrapped by the key store. */
export interface WrappedBlindIndexKey {
  readonly version: string;
  readonly wrapped: Uint8Array;
}

const versionForm = /^v[1-9]\d*$/;

/**
 * Finds a person by the number of a document without keeping the number: HMAC-SHA-256 of type and canonical number
 * under a secret key, as `<version>.<base64url>`. A plain hash would be no protection: all numbers of a city are tried
 * in minutes.
 *
 * A key is changed in four steps, each finished everywhere before the next: the new key is added to the live ones; it
 * becomes the current one; a job moves what stands under the old one; the old one is dropped.
 */
export class BlindIndex {
  readonly #newestFirst: readonly BlindIndexKey[];
  readonly #current: BlindIndexKey;

  /**
   * @param keys all that are live, in any order.
   * @param current the version new residents are written under; the newest when absent.
   * @throws TypeError when there is no key, no such current one, a key of less than 256 bits, or a version that is
   * written wrongly or given twice.
   */
  constructor(keys: readonly BlindIndexKey[], current?: string) {
    const number = ({ version }: BlindIndexKey) => Number(version.slice(1));
    this.#newestFirst = [...keys].sort((a, b) => number(b) - number(a));
    const versions = new Set(keys.map(({ version }) => version));
    if (versions.size !== keys.length) throw new TypeError('A version of the blind index has two keys.');
    for (const { version, key } of keys) {
      if (!versionForm.test(version))
        throw new TypeError('A version of the blind index is v1, v2 and so on.');
      if ((key.symmetricKeySize ?? 0) < 32) throw new TypeError(`The key ${version} has less than 256 bits.`);
    }
    const found = this.#newestFirst.find(({ version }) => current === undefined || version === current);
    if (found === undefined) throw new TypeError('The blind index has no current key.');
    this.#current = found;
  }

  /** Under the current key: where someone not known yet is written. */
  of(document: CanonicalDocument): string {
    return indexUnder(this.#current, document);
  }

  /** Under every live key, newest first: where someone may stand. */
  candidates(document: CanonicalDocument): readonly string[] {
    return this.#newestFirst.map((key) => indexUnder(key, document));
  }
}

/**
 * The index with its keys opened by the key store.
 *
 * @throws KeyUnreadable, KeyStoreUnavailable, and what the constructor of {@link BlindIndex} throws.
 */
export async function openBlindIndex(
  keyStore: KeyStore,
  wrappedKeys: readonly WrappedBlindIndexKey[],
  current?: string,
): Promise<BlindIndex> {
  const keys = wrappedKeys.map(async ({ version, wrapped }) => ({
    version,
    key: await keyStore.unwrap(wrapped, blindIndexKeyContext(version)),
  }));
  return new BlindIndex(await Promise.all(keys), current);
}

/** The context a key of the index is made and opened in. */
export function blindIndexKeyContext(version: string): KeyContext {
  return { purpose: 'blind-index', version };
}

function indexUnder({ version, key }: BlindIndexKey, { type, number }: CanonicalDocument): string {
  const digest = createHmac('sha256', key).update(`blind-index\0${type}\0${number}`).digest('base64url');
  return `${version}.${digest}`;
}
