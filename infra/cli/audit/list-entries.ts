import type { AccessEntry, ChangeEntry, RecordedEntry } from '../../../shared/domain/audit/audit-entry.ts';
import type { AuditPeriod } from '../../../shared/domain/audit/audit-store.ts';
import { DynamoAuditStore } from '../../../shared/stores/dynamodb/dynamo-audit-store.ts';
import type { OpenTables } from '../open-tables.ts';
import type { ResultOutput } from '../output.ts';

/** Prints what was recorded in a period; of one table only, if one is named. */
export async function listEntries(
  opened: OpenTables,
  period: AuditPeriod,
  { table, json }: { readonly table: string | undefined; readonly json: boolean },
  output: ResultOutput,
): Promise<void> {
  const store = new DynamoAuditStore(opened.client, opened.tableName('audit'));
  for await (const recorded of store.list(period)) {
    const { entry } = recorded;
    if (table !== undefined && (entry.type !== 'change' || entry.table !== table)) continue;
    output.log(json ? JSON.stringify(recorded) : line(recorded));
  }
}

function line({ recordedAt, entry }: RecordedEntry): string {
  return `${recordedAt}  ${entry.id}  ${entry.type === 'change' ? changeLine(entry) : accessLine(entry)}`;
}

function changeLine({ table, kind, action, by, key }: ChangeEntry): string {
  const who = by === 'expiry' ? ' (expired)' : '';
  return `${table}  ${kind} ${action}${who}  ${key === null ? '-' : `${key.pk} ${key.sk}`}`;
}

function accessLine({ operation, by, residentId, purpose, caseNumber, disclosed }: AccessEntry): string {
  const { kind, ...unit } = by;
  const what = [purpose, caseNumber, disclosed ? null : 'nothing disclosed'].filter((part) => part !== null);
  return `access  ${operation} by ${kind} ${Object.values(unit).join(' ')}  ${residentId ?? 'unregistered'}  ${what.join(', ')}`;
}
