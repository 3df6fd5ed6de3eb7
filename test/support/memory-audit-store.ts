import type { AccessEntry, AuditEntry, RecordedEntry } from '../../shared/domain/audit/audit-entry.ts';
import {
  type AccessesFound,
  type AccessPage,
  type AuditPeriod,
  type AuditStore,
  AuditStoreUnavailable,
  entriesTogether,
  type RecordOutcome,
} from '../../shared/domain/audit/audit-store.ts';

/** What goes wrong with one piece of a recording: nothing of it is stored, or all of it and nobody hears so. */
export type AuditFault = 'not-stored' | 'not-heard';

/** An audit in memory that keeps the rules of the port and can be made to fail. */
export class MemoryAuditStore implements AuditStore {
  /** In the order of recording. */
  readonly recorded: AuditEntry[] = [];
  /** Asked before each piece. */
  fault: () => AuditFault | null = () => null;

  async record(entries: readonly AuditEntry[]): Promise<readonly RecordOutcome[]> {
    const outcomes: RecordOutcome[] = [];
    for (let start = 0; start < entries.length; start += entriesTogether) {
      const fault = this.fault();
      if (fault === 'not-stored') throw new AuditStoreUnavailable('Out of order, by a test.');
      for (const entry of entries.slice(start, start + entriesTogether)) {
        const present = this.recorded.some(({ id }) => id === entry.id);
        if (!present) this.recorded.push(entry);
        outcomes.push(present ? 'present' : 'recorded');
      }
      if (fault === 'not-heard') throw new AuditStoreUnavailable('Out of order, by a test.');
    }
    return outcomes;
  }

  async accesses(residentId: string, { limit, before }: AccessPage): Promise<AccessesFound> {
    const place = ({ occurredAt, id }: AccessEntry) => `${occurredAt}#${id}`;
    const all = this.recorded
      .filter((entry) => entry.type === 'access')
      .filter((entry) => entry.residentId === residentId && (before === null || place(entry) < before))
      .sort((a, b) => (place(a) < place(b) ? 1 : -1));
    const entries = all.slice(0, limit);
    return { entries, next: all.length > limit ? place(entries.at(-1)!) : null };
  }

  async *list(_: AuditPeriod): AsyncIterable<RecordedEntry> {
    for (const entry of this.recorded) yield { recordedAt: '2024-06-01T00:00:00.000Z', entry };
  }
}
