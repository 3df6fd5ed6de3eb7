import { createHash } from 'node:crypto';
import type { ChangeEntry } from '../../shared/domain/audit/audit-entry.ts';

/** An entry of its own for each number; ids are as even as those of changes, so that all shards get some. */
export function changeEntry(number: number, over: Partial<ChangeEntry> = {}): ChangeEntry {
  return {
    type: 'change',
    id: `ev_${createHash('sha256').update(String(number)).digest('base64url').slice(0, 22)}`,
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
