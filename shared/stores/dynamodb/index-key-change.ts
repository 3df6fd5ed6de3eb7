import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ResidentContended, ResidentCorrupted } from '../../domain/register/resident-store.ts';
import { type BlindIndex, openBlindIndex } from '../../security/blind-index.ts';
import type { KeyStore } from '../../security/key-store.ts';
import {
  DynamoIndexKeys,
  type IndexKeys,
  indexKeysMaxAgeMilliseconds,
  makeIndexKey,
} from './dynamo-index-keys.ts';
import type { JitterOptions } from './full-jitter.ts';
import { currentIndexKeyItem, indexKeyItem, indexKeys } from './index-key-items.ts';
import { ResidentMover } from './resident-mover.ts';
import { ResidentReader } from './resident-reader.ts';
import { ResidentTable } from './resident-table.ts';
import { ifAbsent } from './write-conditions.ts';

/** A step of the change is not to be made, now or at all; says why in words for operators. */
export class IndexKeyStepRefused extends Error {
  override readonly name = 'IndexKeyStepRefused';
}

export interface IndexKeyChangeOptions extends JitterOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** How long a step is waited for to be known everywhere. */
  readonly settleMilliseconds?: number;
}

export interface MoveProgress {
  readonly moved: number;
  /** Whose record stands under an old key and cannot be read; they are left where they are. */
  readonly unreadable: number;
}

/** As long as any process may go on with the keys it has read, and a request it has begun. */
const settleMilliseconds = indexKeysMaxAgeMilliseconds + 60_000;

/** As many residents are moved at once. */
const atOnce = 8;

/**
 * Changes the key of the index while reads and writes go on, in four steps: `add`, `switch`, `move`, `retire`. Each can be
 * repeated after whatever cut it short, and is refused until the one before it is known everywhere.
 */
export class IndexKeyChange {
  readonly #table: ResidentTable;
  readonly #keyStore: KeyStore;
  readonly #keys: DynamoIndexKeys;
  readonly #mover: ResidentMover;
  readonly #now: () => number;
  readonly #settle: number;

  constructor(
    client: DynamoDBDocumentClient,
    table: string,
    keyStore: KeyStore,
    {
      now = Date.now,
      settleMilliseconds: settle = settleMilliseconds,
      ...jitter
    }: IndexKeyChangeOptions = {},
  ) {
    this.#table = new ResidentTable(client, table);
    this.#keyStore = keyStore;
    this.#keys = new DynamoIndexKeys(client, table, keyStore, now);
    this.#mover = new ResidentMover(this.#table, new ResidentReader(this.#table, keyStore), jitter);
    this.#now = now;
    this.#settle = settle;
  }

  /** The keys there are; null where none was ever made. */
  status(): Promise<IndexKeys | null> {
    return this.#keys.read();
  }

  /**
   * Makes the next key, or the first of all, and lets every process know it. The version that was made, or was there.
   *
   * @throws IndexKeyStepRefused while a change is under way that has gone further; ResidentStoreUnavailable
   */
  async add(): Promise<string> {
    const keys = await this.#keys.read();
    if (keys === null) {
      await this.#keys.openOrCreate();
      return 'v1';
    }
    const newest = newestOf(keys);
    if (keys.live.length > 1) {
      if (newest !== keys.current.version) return newest;
      throw new IndexKeyStepRefused(
        `The change to ${newest} is still under way: move and retire come first.`,
      );
    }
    const version = `v${Number(newest.slice(1)) + 1}`;
    const wrapped = await makeIndexKey(this.#keyStore, version);
    // Another operator may have been first: one of the keys stands, and either is as good.
    await this.#table.transact([this.#table.put(indexKeyItem(version, wrapped, this.#instant()), ifAbsent)]);
    return version;
  }

  /**
   * Makes the newest key the one that new residents are written under; its version.
   *
   * @throws IndexKeyStepRefused, ResidentStoreUnavailable
   */
  async switch(): Promise<string> {
    const keys = await this.#existing();
    const { live, current } = keys;
    const newest = live.at(-1)!;
    if (newest.version === current.version) {
      if (live.length > 1) return newest.version;
      throw new IndexKeyStepRefused('There is one key only: add comes first.');
    }
    this.#refuseBefore(newest.since, `The key ${newest.version} was added`);
    await this.#table.transact([
      this.#table.put(currentIndexKeyItem(newest.version, this.#instant()), {
        ConditionExpression: 'version = :known',
        ExpressionAttributeValues: { ':known': current.version },
      }),
    ]);
    return newest.version;
  }

  /**
   * Moves every record that stands under an older key, until none is found.
   *
   * @param onProgress told now and then.
   * @throws IndexKeyStepRefused, ResidentStoreUnavailable
   */
  async move(onProgress: (progress: MoveProgress) => void = () => {}): Promise<MoveProgress> {
    const { keys, index } = await this.#switched();
    const unreadable = new Set<string>();
    let moved = 0;
    const moveOne = async (from: string) => {
      if (unreadable.has(from)) return false;
      try {
        if ((await this.#mover.move(from, index)) === 'moved') moved++;
      } catch (error) {
        // Whoever keeps writing there will have stopped when the table is gone through again.
        if (error instanceof ResidentContended) return true;
        if (!(error instanceof ResidentCorrupted)) throw error;
        unreadable.add(from);
      }
      onProgress({ moved, unreadable: unreadable.size });
      return true;
    };
    for (let found = true; found; ) {
      found = false;
      for (const old of olderThanCurrent(keys)) {
        const standing = this.#mover.standingUnder(old);
        const work = async () => {
          // One iterator for all: each takes the next that nobody has. `for await` would close it with the first to end.
          for (let next = await standing.next(); next.done !== true; next = await standing.next()) {
            if (await moveOne(next.value)) found = true;
          }
        };
        await Promise.all(Array.from({ length: atOnce }, work));
      }
    }
    return { moved, unreadable: unreadable.size };
  }

  /**
   * Deletes the older keys, under which nothing stands any more; their versions.
   *
   * @throws IndexKeyStepRefused, ResidentStoreUnavailable
   */
  async retire(): Promise<readonly string[]> {
    const { keys } = await this.#switched();
    const old = olderThanCurrent(keys);
    for (const version of old) {
      for await (const _ of this.#mover.standingUnder(version)) {
        throw new IndexKeyStepRefused(`A resident stands under ${version}: move comes first.`);
      }
    }
    await this.#table.transact([
      this.#table.check(indexKeys.current, {
        ConditionExpression: 'version = :known',
        ExpressionAttributeValues: { ':known': keys.current.version },
      }),
      ...old.map((version) => this.#table.remove(indexKeys.key(version))),
    ]);
    return old;
  }

  async #existing(): Promise<IndexKeys> {
    const keys = await this.#keys.read();
    if (keys === null) throw new IndexKeyStepRefused('There is no key yet: add comes first.');
    return keys;
  }

  /** The keys once every process writes under the newest, and the index of now. */
  async #switched(): Promise<{ readonly keys: IndexKeys; readonly index: BlindIndex }> {
    const keys = await this.#existing();
    const { live, current } = keys;
    if (newestOf(keys) !== current.version) {
      throw new IndexKeyStepRefused(`The key ${newestOf(keys)} is not the current one: switch comes first.`);
    }
    if (live.length > 1)
      this.#refuseBefore(current.since, `The key ${current.version} became the current one`);
    return { keys, index: await openBlindIndex(this.#keyStore, live, current.version) };
  }

  #refuseBefore(since: string, what: string): void {
    const left = Date.parse(since) + this.#settle - this.#now();
    if (left <= 0) return;
    throw new IndexKeyStepRefused(
      `${what} just now, and not every process knows it yet: try again in ${Math.ceil(left / 1_000)} s.`,
    );
  }

  #instant(): string {
    return new Date(this.#now()).toISOString();
  }
}

function newestOf({ live }: IndexKeys): string {
  return live.at(-1)!.version;
}

function olderThanCurrent({ live, current }: IndexKeys): string[] {
  return live.map(({ version }) => version).filter((version) => version !== current.version);
}
