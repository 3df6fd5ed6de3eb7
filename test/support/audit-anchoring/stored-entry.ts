import type { StoredItem } from '../../../shared/domain/audit/audit-chain.ts';
import {
  auditEntryItemSchema,
  auditItemsSchemaVersion,
  auditKeys,
} from '../../../shared/stores/dynamodb/audit-items.ts';
import { changeEntry } from '../audit-entries.ts';

/** The item of an entry, as the store writes it. */
export function storedEntry(number: number, recordedAt: string, position = 0): StoredItem {
  const entry = changeEntry(number);
  return auditEntryItemSchema.parse({
    ...auditKeys.entry(recordedAt, position, entry.id),
    type: 'audit-entry',
    schemaVersion: auditItemsSchemaVersion,
    recordedAt,
    entry,
  });
}
