import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CanonicalDocument } from '../../domain/identity/document.ts';
import { ResidentContended, ResidentCorrupted } from '../../domain/register/resident-store.ts';
import type { KeyStore } from '../../security/key-store.ts';
import type { BlindIndexSource } from './blind-index-source.ts';
import { type JitterOptions, withFullJitter } from './full-jitter.ts';
import {
  erasedResidentItemSchema,
  erasingResidentItemSchema,
  residentKeyItemSchema,
  residentKeys,
  residentItemsSchemaVersion as schemaVersion,
} from './resident-items.ts';
import { ResidentReader } from './resident-reader.ts';
import { ResidentTable, type TransactionItem } from './resident-table.ts';
import { asItWasRead } from './resident-writes.ts';

/**
 * Makes residents unreadable by deleting their data key, wherever it stands, in one transaction; then deletes what is
 * left of them. An erasure cut short in the second step is finished by the next one, whoever it is for.
 *
 * Opens nothing: who cannot be read any more can still be erased.
 */
export class ResidentEraser {
  readonly #table: ResidentTable;
  readonly #reader: ResidentReader;
  readonly #index: BlindIndexSource;
  readonly #jitter: JitterOptions;

  constructor(table: ResidentTable, reader: ResidentReader, index: BlindIndexSource, jitter: JitterOptions) {
    this.#table = table;
    this.#reader = reader;
    this.#index = index;
    this.#jitter = jitter;
  }

  /** @throws ResidentStoreUnavailable, ResidentContended, ResidentCorrupted */
  async erase(document: CanonicalDocument): Promise<'erased' | 'unknown'> {
    const index = await this.#index.open();
    const outcome = await this.#untilItHolds(async () => {
      const found = index === null ? null : await this.#reader.findItem(document, index);
      if (found === null) return 'unknown';
      return this.#destroyKey(found.item.residentId, found.index);
    });
    await this.#deleteRemains();
    return outcome;
  }

  /**
   * The same by the register's own id, for the list of the erased after a restore. Of somebody who is unknown it keeps
   * that they were erased.
   *
   * @throws ResidentStoreUnavailable, ResidentContended, ResidentCorrupted
   */
  async eraseById(residentId: string): Promise<'erased' | 'unknown'> {
    const outcome = await this.#untilItHolds(async () => {
      const stored = await this.#table.get(residentKeys.key(residentId));
      const { data, error } = z.nullable(residentKeyItemSchema).safeParse(stored);
      if (error !== undefined) throw new ResidentCorrupted({ cause: error });
      if (data !== null) return this.#destroyKey(residentId, data.index);
      return (await this.#table.transact(this.#marks(residentId))) === null ? 'unknown' : null;
    });
    await this.#deleteRemains();
    return outcome;
  }

  /**
   * The ids of all that were erased, sorted.
   *
   * @throws ResidentStoreUnavailable
   */
  async *erased(): AsyncGenerator<string> {
    for await (const { sk } of this.#table.query('ERASED')) yield String(sk);
  }

  #untilItHolds<Outcome>(attempt: () => Promise<Outcome | null>): Promise<Outcome> {
    return withFullJitter(this.#jitter, attempt, () => new ResidentContended());
  }

  /** Deletes both copies of the wrapped key, with the record; null when a writer came first. */
  async #destroyKey(residentId: string, index: string): Promise<'erased' | null> {
    const item = await this.#reader.itemUnder(index);
    if (item?.residentId !== residentId) return null;
    const causes = await this.#table.transact([
      this.#table.remove(residentKeys.record(index), asItWasRead(item)),
      this.#table.remove(residentKeys.key(residentId)),
      ...this.#marks(residentId),
    ]);
    return causes === null ? 'erased' : null;
  }

  #marks(residentId: string): TransactionItem[] {
    return [
      this.#table.put(
        erasedResidentItemSchema.parse({
          ...residentKeys.erased(residentId),
          type: 'erased-resident',
          schemaVersion,
        }),
      ),
      this.#table.put(
        erasingResidentItemSchema.parse({
          ...residentKeys.erasing(residentId),
          type: 'erasing-resident',
          schemaVersion,
        }),
      ),
    ];
  }

  /** Deletes the events and parts of everyone whose key is gone; nobody can add to them any more. */
  async #deleteRemains(): Promise<void> {
    for await (const { sk } of this.#table.query('ERASING', { keysOnly: true })) {
      const residentId = String(sk);
      const collection = residentKeys.collection(residentId);
      for await (const remains of this.#table.query(collection, { keysOnly: true })) {
        await this.#table.deleteOne({ pk: collection, sk: String(remains.sk) });
      }
      // Last: as long as it stands, somebody will come back for the rest.
      await this.#table.deleteOne(residentKeys.erasing(residentId));
    }
  }
}

/** The eraser on a table, for operators' tools. */
export function createResidentEraser(
  client: DynamoDBDocumentClient,
  name: string,
  keyStore: KeyStore,
  index: BlindIndexSource,
  jitter: JitterOptions = {},
): ResidentEraser {
  const table = new ResidentTable(client, name);
  return new ResidentEraser(table, new ResidentReader(table, keyStore), index, jitter);
}
