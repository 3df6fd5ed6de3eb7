import type { CanonicalDocument } from '../identity/document.ts';
import type { RegisterEvent } from './register-event.ts';
import type { ResidentRecord } from './resident-record.ts';

/** A resident the register knows. */
export interface KnownResident {
  /** The register's own id (`rs_…`): random, and the same for good. */
  readonly residentId: string;
  readonly document: CanonicalDocument;
  readonly record: ResidentRecord;
  /** The resident's data key as the key store wrapped it: what belongs to the resident elsewhere is sealed under it. */
  readonly wrappedKey: Uint8Array;
}

/** What became of an event that was to be stored: it was, or it stood there before. */
export type AppendOutcome = 'applied' | 'duplicate';

/** Where residents, what happened to them and what follows from it are kept. */
export interface ResidentStore {
  /**
   * The resident known by a document, in one read; null when no event of theirs was stored, or they were erased.
   *
   * @throws ResidentStoreUnavailable
   */
  find(document: CanonicalDocument): Promise<KnownResident | null>;

  /**
   * Stores events of one resident and moves the record, together or not at all for each event; an outcome an event, in
   * their order. The same event again changes nothing. Many events may take several transactions: when it throws, some
   * may be stored, and sending all of them again stores the rest.
   *
   * @throws ResidentStoreUnavailable, ResidentContended
   */
  append(document: CanonicalDocument, events: readonly RegisterEvent[]): Promise<readonly AppendOutcome[]>;

  /**
   * Makes everything kept of a resident unreadable for good, decisions included, by deleting the data key.
   *
   * @throws ResidentStoreUnavailable, ResidentContended
   */
  erase(document: CanonicalDocument): Promise<'erased' | 'unknown'>;
}

/** Finds data keys by the register's own ids. */
export interface ResidentKeys {
  /**
   * The wrapped data key of a resident; null once they are erased.
   *
   * @throws ResidentStoreUnavailable
   */
  wrappedKeyOf(residentId: string): Promise<Uint8Array | null>;
}

/** The store, or the key store behind it, did not answer; the same call may succeed later. */
export class ResidentStoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ResidentStoreUnavailable';
  }
}

/** Others kept writing to the same resident; the same call may succeed later. */
export class ResidentContended extends Error {
  constructor(options?: ErrorOptions) {
    super('Others kept writing to this resident.', options);
    this.name = 'ResidentContended';
  }
}

/** What is stored of a resident is not what was written: altered, exchanged, or of a form this version does not read. */
export class ResidentCorrupted extends Error {
  constructor(options?: ErrorOptions) {
    super('What is stored of a resident is not what was written.', options);
    this.name = 'ResidentCorrupted';
  }
}
