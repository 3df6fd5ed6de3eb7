import type { RecordedEntry } from '../../../shared/domain/audit/audit-entry.ts';
import type { AuditPeriod } from '../../../shared/domain/audit/audit-store.ts';
import { DynamoAuditStore } from '../../../shared/stores/dynamodb/dynamo-audit-store.ts';
import type { OpenTables } from '../open-tables.ts';

/** Prints what was recorded in a period; of one table only, if one is named. */
export async function listEntries(
  opened: OpenTables,
  period: AuditPeriod,
  { table, json }: { readonly table: string | undefined; readonly json: boolean },
): Promise<void> {
  const store = new DynamoAuditStore(opened.client, opened.tableName('audit'));
  for await (const recorded of store.list(period)) {
    if (table !== undefined && recorded.entry.table !== table) continue;
    console.log(json ? JSON.stringify(recorded) : line(recorded));
  }
}

function line({ recordedAt, entry }: RecordedEntry): string {
  const { id, table, kind, action, by, key } = entry;
  const who = by === 'expiry' ? ' (expired)' : '';
  return `${recordedAt}  ${id}  ${table}  ${kind} ${action}${who}  ${key === null ? '-' : `${key.pk} ${key.sk}`}`;
}
