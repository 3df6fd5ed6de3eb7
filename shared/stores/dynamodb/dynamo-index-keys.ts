import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ResidentCorrupted, ResidentStoreUnavailable } from '../../domain/register/resident-store.ts';
import {
  type BlindIndex,
  blindIndexKeyContext,
  openBlindIndex,
  type WrappedBlindIndexKey,
} from '../../security/blind-index.ts';
import { type KeyStore, KeyStoreUnavailable } from '../../security/key-store.ts';
import type { BlindIndexSource } from './blind-index-source.ts';
import {
  currentIndexKeyItem,
  currentIndexKeyItemSchema,
  indexKeyItem,
  indexKeyItemSchema,
  indexKeys,
} from './index-key-items.ts';
import { keysUnavailable } from './resident-reader.ts';
import { ResidentTable } from './resident-table.ts';
import { ifAbsent } from './write-conditions.ts';

/** The keys of the index as they stand in the table. */
export interface IndexKeys {
  /** Oldest first. */
  readonly live: readonly (WrappedBlindIndexKey & { readonly since: string })[];
  readonly current: { readonly version: string; readonly since: string };
}

const firstVersion = 'v1';

/** How long a process goes on with the keys it has read. The steps of a change wait for longer than that. */
export const indexKeysMaxAgeMilliseconds = 60_000;

/**
 * The blind index with the keys of the `residents` table: read with the first question and again a minute later. The
 * first of all keys is made where a resident is to be written and there is none.
 */
export class DynamoIndexKeys implements BlindIndexSource {
  readonly #table: ResidentTable;
  readonly #keyStore: KeyStore;
  readonly #now: () => number;
  #opened: { readonly index: Promise<BlindIndex | null>; readonly at: number } | null = null;

  /** @param now milliseconds since the epoch: a clock that goes on while a function's instance is frozen. */
  constructor(
    client: DynamoDBDocumentClient,
    table: string,
    keyStore: KeyStore,
    now: () => number = Date.now,
  ) {
    this.#table = new ResidentTable(client, table);
    this.#keyStore = keyStore;
    this.#now = now;
  }

  open(): Promise<BlindIndex | null> {
    const age = this.#opened === null ? Number.NaN : this.#now() - this.#opened.at;
    // A clock that was set back makes no key younger.
    if (this.#opened !== null && age >= 0 && age < indexKeysMaxAgeMilliseconds) return this.#opened.index;
    const index = this.#read();
    const opened = { index, at: this.#now() };
    this.#opened = opened;
    const forget = () => {
      if (this.#opened === opened) this.#opened = null;
    };
    // Neither a failure nor an empty table is remembered.
    index.then((found) => found ?? forget(), forget);
    return index;
  }

  async openOrCreate(): Promise<BlindIndex> {
    const found = await this.open();
    if (found !== null) return found;
    await this.#createFirst();
    const created = await this.open();
    if (created === null) throw new ResidentCorrupted();
    return created;
  }

  /**
   * The keys as they stand in the table now; null: none was ever made.
   *
   * @throws ResidentStoreUnavailable, ResidentCorrupted
   */
  async read(): Promise<IndexKeys | null> {
    const live: IndexKeys['live'][number][] = [];
    let current: IndexKeys['current'] | null = null;
    try {
      for await (const stored of this.#table.query(indexKeys.partition)) {
        if (stored.sk === indexKeys.current.sk) {
          const { version, since } = currentIndexKeyItemSchema.parse(stored);
          current = { version, since };
        } else {
          const { sk: version, wrapped, since } = indexKeyItemSchema.parse(stored);
          live.push({ version, wrapped, since });
        }
      }
    } catch (cause) {
      if (cause instanceof ResidentStoreUnavailable) throw cause;
      throw new ResidentCorrupted({ cause });
    }
    if (live.length === 0 && current === null) return null;
    if (current === null) throw new ResidentCorrupted();
    live.sort((a, b) => Number(a.version.slice(1)) - Number(b.version.slice(1)));
    return { live, current };
  }

  async #read(): Promise<BlindIndex | null> {
    const keys = await this.read();
    if (keys === null) return null;
    try {
      return await openBlindIndex(this.#keyStore, keys.live, keys.current.version);
    } catch (cause) {
      throw cause instanceof KeyStoreUnavailable ? keysUnavailable(cause) : new ResidentCorrupted({ cause });
    }
  }

  /** Of many who do this at once one succeeds; the others read what it made. */
  async #createFirst(): Promise<void> {
    const wrapped = await makeIndexKey(this.#keyStore, firstVersion);
    const since = new Date(this.#now()).toISOString();
    await this.#table.transact([
      this.#table.put(indexKeyItem(firstVersion, wrapped, since), ifAbsent),
      this.#table.put(currentIndexKeyItem(firstVersion, since), ifAbsent),
    ]);
  }
}

/**
 * A new key of the index, wrapped.
 *
 * @throws ResidentStoreUnavailable
 */
export async function makeIndexKey(keyStore: KeyStore, version: string): Promise<Uint8Array> {
  try {
    return (await keyStore.generateDataKey(blindIndexKeyContext(version))).wrapped;
  } catch (cause) {
    throw keysUnavailable(cause);
  }
}
