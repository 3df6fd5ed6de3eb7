import type { ChangeEntry } from '../../shared/domain/audit/audit-entry.ts';

/** An entry of its own for each number. */
export function changeEntry(number: number, over: Partial<ChangeEntry> = {}): ChangeEntry {
  return {
    type: 'change',
    id: `ev_${Buffer.from(String(number).padStart(16, '0')).toString('base64url')}`,
    occurredAt: '2024-06-01T00:00:00.000Z',
    table: 'policies',
    kind: 'policy-version',
    action: 'inserted',
    by: 'request',
    key: { pk: 'POLICY#chengdu', sk: `VERSION#${number}` },
    itemSchemaVersion: null,
    sequenceNumber: String(number),
    ...over,
  };
}
