import type { AuditEntry } from '../../domain/audit/audit-entry.ts';
import {
  auditEntryItemSchema,
  auditItemsSchemaVersion,
  auditKeys,
  auditPlaceItemSchema,
} from './audit-items.ts';
import { ifAbsentElseOld } from './write-conditions.ts';

/** How many writes of a transaction an entry takes; the first of them is the one that keeps it from being recorded twice. */
export const writesAnEntry = 2;

/**
 * The writes that record entries, for a transaction of whoever records them. Nothing is replaced by them.
 *
 * @param recordedAt RFC 3339 instant to the millisecond, taken just before the transaction is sent.
 */
export function auditPuts(table: string, entries: readonly AuditEntry[], recordedAt: string) {
  return entries.flatMap((entry, position) => {
    const place = auditKeys.entry(recordedAt, position, entry.id);
    const items = [
      auditPlaceItemSchema.parse({
        ...auditKeys.place(entry),
        type: 'audit-place',
        schemaVersion: auditItemsSchemaVersion,
        place,
      }),
      auditEntryItemSchema.parse({
        ...place,
        type: 'audit-entry',
        schemaVersion: auditItemsSchemaVersion,
        recordedAt,
        entry,
      }),
    ];
    return items.map((Item) => ({ Put: { TableName: table, Item, ...ifAbsentElseOld } }));
  });
}
