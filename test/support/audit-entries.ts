import { createHash } from 'node:crypto';
import type { AccessEntry, ChangeEntry } from '../../shared/domain/audit/audit-entry.ts';

/** A look of its own for each number, at one resident. */
export function lookEntry(number: number, over: Partial<AccessEntry> = {}): AccessEntry {
  return {
    type: 'access',
    id: entryId(number),
    occurredAt: new Date(Date.parse('2024-06-01T00:00:00.000Z') + number).toISOString(),
    operation: 'createCounterCheck',
    by: { kind: 'clerk', subject: 'clerk-7', district: '510107', post: 'window-3' },
    residentId: `rs_${'b'.repeat(22)}`,
    purpose: 'application',
    caseNumber: '2024-WH-00317',
    outsideDistrict: null,
    services: ['legal.aid'],
    decisionId: null,
    disclosed: true,
    ...over,
  };
}

/** Of entries with one number, the same. */
function entryId(number: number): string {
  return `ev_${createHash('sha256').update(String(number)).digest('base64url').slice(0, 22)}`;
}

/** An entry of its own for each number; ids are as even as those of changes, so that all shards get some. */
export function changeEntry(number: number, over: Partial<ChangeEntry> = {}): ChangeEntry {
  return {
    type: 'change',
    id: entryId(number),
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
