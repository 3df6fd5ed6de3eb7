import type { KeyObject } from 'node:crypto';
import type { CanonicalDocument } from '../../domain/identity/document.ts';
import type { RegisterEvent } from '../../domain/register/register-event.ts';
import type { ResidentRecord } from '../../domain/register/resident-record.ts';
import { ResidentCorrupted, ResidentStoreUnavailable } from '../../domain/register/resident-store.ts';
import type { BlindIndex } from '../../security/blind-index.ts';
import { residentKeyContext } from '../../security/envelope.ts';
import { type KeyStore, KeyStoreUnavailable } from '../../security/key-store.ts';
import {
  type ResidentRecordItem,
  registerEventItemSchema,
  residentKeys,
  residentPartItemSchema,
  residentPrefixes,
  residentRecordItemSchema,
} from './resident-items.ts';
import { openEvent, openRecord } from './resident-payload.ts';
import type { ResidentTable } from './resident-table.ts';

/** A resident as they stand in the table, opened. */
export interface StoredResident {
  readonly residentId: string;
  readonly wrappedKey: Uint8Array;
  readonly dataKey: KeyObject;
  /** Under which index the record stands. */
  readonly index: string;
  readonly version: number;
  readonly parts: number;
  readonly document: CanonicalDocument;
  readonly record: ResidentRecord;
}

/** How often a record is read whose parts are just being written. */
const wholeReads = 5;

/** Reads residents and opens what was read: whatever does not fit together is `ResidentCorrupted`. */
export class ResidentReader {
  readonly #table: ResidentTable;
  readonly #keyStore: KeyStore;

  constructor(table: ResidentTable, keyStore: KeyStore) {
    this.#table = table;
    this.#keyStore = keyStore;
  }

  /**
   * The record's item of a document, unopened, and the index it stands under.
   *
   * One read while one key is live. While the key is changed, the old key is asked before the new one: records are moved
   * that way, so one that is gone from the old key is there under the new one by then. Both at once could miss it.
   *
   * @throws ResidentStoreUnavailable, ResidentCorrupted
   */
  async findItem(
    document: CanonicalDocument,
    index: BlindIndex,
  ): Promise<{ readonly index: string; readonly item: ResidentRecordItem } | null> {
    for (const candidate of index.candidates(document).toReversed()) {
      const item = await this.itemUnder(candidate);
      if (item !== null) return { index: candidate, item };
    }
    return null;
  }

  /** @throws ResidentStoreUnavailable, ResidentCorrupted */
  async itemUnder(index: string): Promise<ResidentRecordItem | null> {
    const stored = await this.#table.get(residentKeys.record(index));
    return stored === null ? null : sound(() => residentRecordItemSchema.parse(stored));
  }

  /**
   * The resident of a document.
   *
   * @throws ResidentStoreUnavailable, ResidentCorrupted
   */
  async find(document: CanonicalDocument, index: BlindIndex): Promise<StoredResident | null> {
    const found = await this.findItem(document, index);
    if (found === null) return null;
    const resident = await this.open(found.index, found.item);
    // Whole collections exchanged would open as well; but not for the person who was asked about.
    const same = resident?.document.type === document.type && resident.document.number === document.number;
    if (resident !== null && !same) throw new ResidentCorrupted();
    return resident;
  }

  /**
   * What an item says of its resident; null when it is gone by now.
   *
   * @throws ResidentStoreUnavailable, ResidentCorrupted
   */
  async open(index: string, read: ResidentRecordItem): Promise<StoredResident | null> {
    const whole = await this.#whole(index, read);
    if (whole === null) return null;
    const { item, envelope } = whole;
    const { residentId, dataKey: wrappedKey, version, parts } = item;
    const dataKey = await this.openKey(residentId, wrappedKey);
    const payload = sound(() => openRecord(dataKey, residentId, envelope));
    return { residentId, wrappedKey, dataKey, index, version, parts, ...payload };
  }

  /** @throws ResidentStoreUnavailable, ResidentCorrupted */
  async openKey(residentId: string, wrappedKey: Uint8Array): Promise<KeyObject> {
    try {
      return await this.#keyStore.unwrap(wrappedKey, residentKeyContext(residentId));
    } catch (cause) {
      if (cause instanceof KeyStoreUnavailable) throw keysUnavailable(cause);
      throw new ResidentCorrupted({ cause });
    }
  }

  /**
   * All events stored of a resident.
   *
   * @throws ResidentStoreUnavailable, ResidentCorrupted
   */
  async events({
    residentId,
    dataKey,
  }: Pick<StoredResident, 'residentId' | 'dataKey'>): Promise<RegisterEvent[]> {
    const events: RegisterEvent[] = [];
    const collection = residentKeys.collection(residentId);
    for await (const stored of this.#table.query(collection, { prefix: residentPrefixes.event })) {
      const event = sound(() => {
        const { sk, payload } = registerEventItemSchema.parse(stored);
        return openEvent(dataKey, residentId, sk, payload);
      });
      events.push(event);
    }
    return events;
  }

  /** The whole envelope of a record, and the item it begins in; read again where a writer came between its parts. */
  async #whole(
    index: string,
    first: ResidentRecordItem,
  ): Promise<{ readonly item: ResidentRecordItem; readonly envelope: Uint8Array } | null> {
    for (let item: ResidentRecordItem | null = first, read = 1; item !== null; read++) {
      if (item.parts === 0) return { item, envelope: item.payload };
      const rest = await this.#parts(item);
      if (rest !== null) return { item, envelope: Buffer.concat([item.payload, ...rest]) };
      if (read === wholeReads) throw new ResidentCorrupted();
      item = await this.itemUnder(index);
    }
    return null;
  }

  async #parts({ residentId, version, parts }: ResidentRecordItem): Promise<Uint8Array[] | null> {
    const found = new Map<string, Uint8Array>();
    const collection = residentKeys.collection(residentId);
    for await (const stored of this.#table.query(collection, { prefix: residentPrefixes.part })) {
      const part = sound(() => residentPartItemSchema.parse(stored));
      if (part.version === version) found.set(part.sk, part.payload);
    }
    const inOrder = Array.from({ length: parts }, (_, n) =>
      found.get(residentKeys.part(residentId, n + 1).sk),
    );
    return inOrder.every((part) => part !== undefined) ? inOrder : null;
  }
}

export function keysUnavailable(cause: unknown): ResidentStoreUnavailable {
  return new ResidentStoreUnavailable('The key store did not answer.', { cause });
}

function sound<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (cause) {
    throw new ResidentCorrupted({ cause });
  }
}
