import type { AccessEntry, AuditEntry, RecordedEntry } from './audit-entry.ts';

/** What became of an entry that was to be recorded: it was, or it stood there before. */
export type RecordOutcome = 'recorded' | 'present';

/** A stretch of time by when entries were recorded: from `since` until before `until`, RFC 3339 instants in UTC. */
export interface AuditPeriod {
  readonly since: string;
  readonly until: string;
}

/**
 * The audit: entries are added and never changed or removed.
 * Every method throws {@link AuditStoreUnavailable} when the store does not answer in time.
 */
export interface AuditStore {
  /**
   * Records entries, each once by its id; an outcome an entry, in their order. What is returned is durable. Up to
   * {@link entriesTogether} are recorded together or not at all; of more, some may be when it throws. Giving the same
   * entries again records what is missing and changes nothing else.
   */
  record(entries: readonly AuditEntry[]): Promise<readonly RecordOutcome[]>;

  /**
   * What was recorded in a period, in the order of recording. Reads the store bit by bit while it is consumed.
   *
   * @throws AuditEntryCorrupted when something stands in the audit that was not written by it.
   */
  list(period: AuditPeriod): AsyncIterable<RecordedEntry>;

  /**
   * The looks at one person, the newest first. What was recorded is listed at once.
   *
   * @throws AuditEntryCorrupted
   */
  accesses(residentId: string, page: AccessPage): Promise<AccessesFound>;
}

export interface AccessPage {
  /** At most as many; 1 to 100. */
  readonly limit: number;
  /** Only those before a place that an earlier page ended at; null: from the newest on. */
  readonly before: string | null;
}

export interface AccessesFound {
  readonly entries: readonly AccessEntry[];
  /** Where the next page begins; null: there is none. Tells when a look happened and its id, nothing else. */
  readonly next: string | null;
}

/** How many entries one call of `record` stores in one piece. */
export const entriesTogether = 50;

/** The store did not answer, or not in time. The same call may succeed later. */
export class AuditStoreUnavailable extends Error {
  override readonly name = 'AuditStoreUnavailable';
}

/** What stands at a place of the audit is no entry that this version wrote or can read. */
export class AuditEntryCorrupted extends Error {
  override readonly name = 'AuditEntryCorrupted';

  /** @param place the key of the item. */
  constructor(place: string, options?: ErrorOptions) {
    super(`What stands in the audit at ${place} is no entry.`, options);
  }
}
