import { randomBytes } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CanonicalDocument } from '../../domain/identity/document.ts';
import { applyEvent } from '../../domain/register/apply-event.ts';
import { foldEvents } from '../../domain/register/fold-events.ts';
import type { RegisterEvent } from '../../domain/register/register-event.ts';
import { emptyRecord, type ResidentRecord } from '../../domain/register/resident-record.ts';
import {
  type AppendOutcome,
  type KnownResident,
  ResidentContended,
  ResidentCorrupted,
  type ResidentKeys,
  type ResidentStore,
} from '../../domain/register/resident-store.ts';
import type { BlindIndex } from '../../security/blind-index.ts';
import { residentKeyContext } from '../../security/envelope.ts';
import type { KeyStore } from '../../security/key-store.ts';
import type { BlindIndexSource } from './blind-index-source.ts';
import { type JitterOptions, withFullJitter } from './full-jitter.ts';
import { ResidentEraser } from './resident-eraser.ts';
import { residentKeyItemSchema, residentKeys } from './resident-items.ts';
import { keysUnavailable, ResidentReader, type StoredResident } from './resident-reader.ts';
import { ResidentTable } from './resident-table.ts';
import { EventWrites, recordWrites } from './resident-writes.ts';

export interface DynamoResidentStoreOptions extends JitterOptions {
  /** How much of a record's envelope stands in one item; a record of forty years has a tenth of it. */
  readonly pieceBytes?: number;
}

/** What one transaction came to. */
interface Step {
  /** How many of the events that were open, from the first on, it was about. */
  readonly taken: number;
  /** Which of those stood there before; null: all were stored now. */
  readonly standing: ReadonlySet<number> | null;
  /** The resident to go on with; null: to be read again. */
  readonly resident: StoredResident | null;
}

/** {@link ResidentStore} and {@link ResidentKeys} on the `residents` table: docs/adr/0005-register.md. */
export class DynamoResidentStore implements ResidentStore, ResidentKeys {
  readonly #table: ResidentTable;
  readonly #reader: ResidentReader;
  readonly #eraser: ResidentEraser;
  readonly #keyStore: KeyStore;
  readonly #index: BlindIndexSource;
  readonly #jitter: JitterOptions;
  readonly #pieceBytes: number;

  constructor(
    client: DynamoDBDocumentClient,
    table: string,
    keyStore: KeyStore,
    index: BlindIndexSource,
    { pieceBytes = 40 * 1024, ...jitter }: DynamoResidentStoreOptions = {},
  ) {
    this.#table = new ResidentTable(client, table);
    this.#reader = new ResidentReader(this.#table, keyStore);
    this.#eraser = new ResidentEraser(this.#table, this.#reader, index, jitter);
    this.#keyStore = keyStore;
    this.#index = index;
    this.#jitter = jitter;
    this.#pieceBytes = pieceBytes;
  }

  async find(document: CanonicalDocument): Promise<KnownResident | null> {
    const index = await this.#index.open();
    const found = index === null ? null : await this.#reader.find(document, index);
    if (found === null) return null;
    const { residentId, record, wrappedKey } = found;
    return { residentId, document: found.document, record, wrappedKey };
  }

  async append(
    document: CanonicalDocument,
    events: readonly RegisterEvent[],
  ): Promise<readonly AppendOutcome[]> {
    const outcomes = events.map((): AppendOutcome => 'duplicate');
    let open = firstOfEachName(events);
    if (open.length === 0) return outcomes;
    const index = await this.#index.openOrCreate();
    const eventWrites = new EventWrites(this.#table);
    let resident: StoredResident | null = null;
    let newcomer: StoredResident | null = null;
    while (open.length > 0) {
      const step: Step = await withFullJitter(
        this.#jitter,
        async () => {
          resident ??= await this.#reader.find(document, index);
          resident ??= newcomer ??= await this.#newcomer(document, index);
          const openEvents = open.map((place) => events[place]!);
          const next = await this.#store(resident, index, eventWrites, openEvents);
          if (next === null) resident = null;
          return next;
        },
        () => new ResidentContended(),
      );
      const { taken, standing } = step;
      resident = step.resident;
      if (standing === null) for (const place of open.slice(0, taken)) outcomes[place] = 'applied';
      open = open.filter((_, position) => (standing === null ? position >= taken : !standing.has(position)));
    }
    return outcomes;
  }

  erase(document: CanonicalDocument): Promise<'erased' | 'unknown'> {
    return this.#eraser.erase(document);
  }

  async wrappedKeyOf(residentId: string): Promise<Uint8Array | null> {
    const stored = await this.#table.get(residentKeys.key(residentId));
    if (stored === null) return null;
    const { data, error } = residentKeyItemSchema.safeParse(stored);
    if (error !== undefined) throw new ResidentCorrupted({ cause: error });
    return data.dataKey;
  }

  /** Stores what fits of the events into one transaction; null when another writer came first. */
  async #store(
    resident: StoredResident,
    index: BlindIndex,
    eventWrites: EventWrites,
    events: readonly RegisterEvent[],
  ): Promise<Step | null> {
    const indexes = index.candidates(resident.document);
    const puts = eventWrites.take(resident, indexes.length, events);
    const taken = puts.length;
    const record = await this.#recordWith(resident, events.slice(0, taken));
    const others = indexes.filter((other) => other !== resident.index);
    const { writes, parts } = recordWrites(this.#table, resident, record, others, this.#pieceBytes);

    const causes = await this.#table.transact([...writes, ...puts]);
    if (causes === null) {
      const version = resident.version + 1;
      return { taken, standing: null, resident: { ...resident, record, parts, version } };
    }
    const ofRecord = causes.slice(0, writes.length);
    const standing = causes
      .slice(writes.length)
      .flatMap((cause, position) => (cause === 'condition' ? [position] : []));
    // What stands there is known for good, whoever else is writing: no event is ever taken out one by one.
    if (standing.length === 0) return null;
    const recordStands = ofRecord.every((cause) => cause === 'nothing');
    return { taken, standing: new Set(standing), resident: recordStands ? resident : null };
  }

  async #recordWith(resident: StoredResident, events: readonly RegisterEvent[]): Promise<ResidentRecord> {
    let { record } = resident;
    for (const event of events) {
      const next = applyEvent(record, event);
      if (next === 'needs-rebuild') {
        const stored = resident.version === 0 ? [] : await this.#reader.events(resident);
        return foldEvents([...stored, ...events]);
      }
      record = next;
    }
    return record;
  }

  /** Someone no event was stored of yet, with an id and a data key that are kept only if the first write succeeds. */
  async #newcomer(document: CanonicalDocument, index: BlindIndex): Promise<StoredResident> {
    const residentId = `rs_${randomBytes(16).toString('base64url')}`;
    const made = this.#keyStore.generateDataKey(residentKeyContext(residentId));
    const { key: dataKey, wrapped: wrappedKey } = await made.catch((cause) => {
      throw keysUnavailable(cause);
    });
    const place = { index: index.of(document), version: 0, parts: 0 };
    return { residentId, wrappedKey, dataKey, ...place, document, record: emptyRecord };
  }
}

/** The places of the events that are not the same as an earlier one. */
function firstOfEachName(events: readonly RegisterEvent[]): number[] {
  const names = new Set<string>();
  return events.flatMap(({ source, eventId }, place) => {
    const name = `${source} ${eventId}`;
    if (names.has(name)) return [];
    names.add(name);
    return [place];
  });
}
