import { ResidentContended, ResidentCorrupted } from '../../domain/register/resident-store.ts';
import type { BlindIndex } from '../../security/blind-index.ts';
import { type JitterOptions, withFullJitter } from './full-jitter.ts';
import {
  residentKeyItemSchema,
  residentKeys,
  residentRecordItemSchema,
  residentItemsSchemaVersion as schemaVersion,
} from './resident-items.ts';
import type { ResidentReader } from './resident-reader.ts';
import type { ResidentTable } from './resident-table.ts';
import { asItWasRead } from './resident-writes.ts';
import { ifAbsent } from './write-conditions.ts';

/** Moves records to where the current key of the index has them, one transaction a resident. */
export class ResidentMover {
  readonly #table: ResidentTable;
  readonly #reader: ResidentReader;
  readonly #jitter: JitterOptions;

  constructor(table: ResidentTable, reader: ResidentReader, jitter: JitterOptions) {
    this.#table = table;
    this.#reader = reader;
    this.#jitter = jitter;
  }

  /** Under which old indexes records stand still, by the version of the key. Reads the whole table. */
  async *standingUnder(version: string): AsyncGenerator<string> {
    const prefix = residentKeys.record(`${version}.`).pk;
    for await (const pk of this.#table.scanPartitions(prefix))
      yield pk.slice(prefix.length - version.length - 1);
  }

  /**
   * Moves what stands under an index; `gone` where nothing does any more.
   *
   * A writer in between makes it start again, and so does nothing else: a writer after it finds the record in its new
   * place. The envelope goes along as it is, since it is bound to the resident's id.
   *
   * @throws ResidentStoreUnavailable, ResidentContended, ResidentCorrupted
   */
  move(from: string, index: BlindIndex): Promise<'moved' | 'gone'> {
    const attempt = async () => {
      const item = await this.#reader.itemUnder(from);
      const resident = item === null ? null : await this.#reader.open(from, item);
      if (item === null || resident === null) return 'gone';
      if (!index.candidates(resident.document).includes(from)) throw new ResidentCorrupted();
      const to = index.of(resident.document);
      const { residentId, dataKey } = item;
      const moved = residentRecordItemSchema.parse({ ...item, ...residentKeys.record(to) });
      const keyItem = residentKeyItemSchema.parse({
        ...residentKeys.key(residentId),
        type: 'resident-key',
        schemaVersion,
        dataKey,
        index: to,
      });
      const causes = await this.#table.transact([
        this.#table.put(moved, ifAbsent),
        this.#table.remove(residentKeys.record(from), asItWasRead(item)),
        this.#table.put(keyItem, {
          ConditionExpression: '#index = :from',
          ExpressionAttributeNames: { '#index': 'index' },
          ExpressionAttributeValues: { ':from': from },
        }),
      ]);
      return causes === null ? 'moved' : null;
    };
    return withFullJitter<'moved' | 'gone'>(this.#jitter, attempt, () => new ResidentContended());
  }
}
