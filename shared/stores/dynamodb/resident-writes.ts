import type { RegisterEvent } from '../../domain/register/register-event.ts';
import type { ResidentRecord } from '../../domain/register/resident-record.ts';
import {
  registerEventItemSchema,
  residentKeyItemSchema,
  residentKeys,
  residentPartItemSchema,
  residentRecordItemSchema,
  residentItemsSchemaVersion as schemaVersion,
} from './resident-items.ts';
import { cutEnvelope, sealEvent, sealRecord } from './resident-payload.ts';
import type { StoredResident } from './resident-reader.ts';
import type { ResidentTable, TransactionItem } from './resident-table.ts';
import { ifAbsent } from './write-conditions.ts';

/** What DynamoDB takes in one transaction, with room to spare: 100 actions, 4 MB. */
const maxActions = 100;
const maxEventBytes = 2.5 * 1024 * 1024;

/** The writes of one resident's events, each sealed once however often its transaction is tried. */
export class EventWrites {
  readonly #table: ResidentTable;
  readonly #sealed = new Map<RegisterEvent, { readonly write: TransactionItem; readonly bytes: number }>();
  /** Whose events they are: nobody's yet, or a newcomer's who was stored by another writer under another id. */
  #residentId: string | null = null;

  constructor(table: ResidentTable) {
    this.#table = table;
  }

  /**
   * As many events, from the first on, as one transaction can hold beside the record; at least one.
   *
   * @param liveKeys how many keys of the index are live.
   */
  take(resident: StoredResident, liveKeys: number, events: readonly RegisterEvent[]): TransactionItem[] {
    // The record, the item of the key, a check under each other key of the index, the parts, and one part more.
    const most = maxActions - (2 + (liveKeys - 1) + resident.parts + 1);
    const writes: TransactionItem[] = [];
    let total = 0;
    for (const event of events.slice(0, most)) {
      const { write, bytes } = this.#seal(resident, event);
      total += bytes;
      if (writes.length > 0 && total > maxEventBytes) break;
      writes.push(write);
    }
    return writes;
  }

  #seal({ residentId, dataKey }: StoredResident, event: RegisterEvent) {
    if (residentId !== this.#residentId) this.#sealed.clear();
    this.#residentId = residentId;
    const known = this.#sealed.get(event);
    if (known !== undefined) return known;
    const key = residentKeys.event(residentId, event.source, event.eventId);
    const payload = sealEvent(dataKey, residentId, key.sk, event);
    const item = registerEventItemSchema.parse({ ...key, type: 'register-event', schemaVersion, payload });
    const sealed = { write: this.#table.put(item, ifAbsent), bytes: payload.byteLength };
    this.#sealed.set(event, sealed);
    return sealed;
  }
}

export interface RecordWrites {
  /** The record's own write is the first. */
  readonly writes: readonly TransactionItem[];
  readonly parts: number;
}

/**
 * Moves a resident's record from the version it has to the next, or, from version 0, puts the first; then with its key, and checked
 * against a record under another live key.
 *
 * @param otherIndexes of the resident, under which nothing may stand yet.
 * @param pieceBytes what fits of the envelope into one item.
 */
export function recordWrites(
  table: ResidentTable,
  resident: StoredResident,
  record: ResidentRecord,
  otherIndexes: readonly string[],
  pieceBytes: number,
): RecordWrites {
  const { residentId, dataKey, wrappedKey, index, document } = resident;
  const version = resident.version + 1;
  const envelope = sealRecord(dataKey, residentId, { document, record });
  const [payload, ...rest] = cutEnvelope(envelope, pieceBytes, resident.parts + 1);
  const item = residentRecordItemSchema.parse({
    ...residentKeys.record(index),
    type: 'resident-record',
    schemaVersion,
    version,
    residentId,
    dataKey: wrappedKey,
    payload,
    parts: rest.length,
  });
  const partWrites = rest.map((piece, number) =>
    table.put(
      residentPartItemSchema.parse({
        ...residentKeys.part(residentId, number + 1),
        type: 'resident-part',
        schemaVersion,
        version,
        payload: piece,
      }),
    ),
  );
  if (resident.version > 0) {
    return { writes: [table.put(item, asItWasRead(resident)), ...partWrites], parts: rest.length };
  }
  const keyItem = residentKeyItemSchema.parse({
    ...residentKeys.key(residentId),
    type: 'resident-key',
    schemaVersion,
    dataKey: wrappedKey,
    index,
  });
  return {
    writes: [
      table.put(item, ifAbsent),
      table.put(keyItem, ifAbsent),
      ...otherIndexes.map((other) => table.check(residentKeys.record(other), ifAbsent)),
      ...partWrites,
    ],
    parts: rest.length,
  };
}

/** That a record is still the one that was read; the id too, as somebody erased who comes again starts over. */
export function asItWasRead({ version, residentId }: Pick<StoredResident, 'version' | 'residentId'>) {
  return {
    ConditionExpression: 'version = :version AND residentId = :residentId',
    ExpressionAttributeValues: { ':version': version, ':residentId': residentId },
  };
}
