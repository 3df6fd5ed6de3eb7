import type { KnownResident } from '../register/resident-store.ts';
import type { Consent } from './consent.ts';

/** Who gives consents: they are sealed under their data key, and unreadable once they are erased. */
export type Consenter = Pick<KnownResident, 'residentId' | 'wrappedKey'>;

/**
 * - `given`: it stands now, and did not before.
 * - `repeated`: the same request was made before: this is that consent, as it was given.
 * - `key-reused`: another request stands under this id.
 */
export type GiveOutcome =
  | { readonly outcome: 'given' | 'repeated'; readonly consent: Consent }
  | { readonly outcome: 'key-reused' };

/** Where consents are kept, until three years after they ended. Every method throws {@link ConsentStoreUnavailable}. */
export interface ConsentStore {
  /**
   * Keeps a consent unless one stands under its id, in one conditional write and without reading before.
   *
   * @param fingerprint of the request, by which a repeated one is told from another.
   */
  give(consent: Consent, fingerprint: string, by: Consenter): Promise<GiveOutcome>;

  /**
   * All consents of a resident, newest first: one query, consistent, so that a withdrawal is seen by the next look.
   *
   * @param by null: of nobody. The same query, that finds nothing.
   */
  listOf(by: Consenter | null): Promise<readonly Consent[]>;

  /**
   * Ends a consent, whatever day it is; the first time counts.
   *
   * @param at RFC 3339, UTC.
   * @returns the consent as it is now; null where the resident has none of this id.
   */
  withdraw(id: string, at: string, by: Consenter): Promise<Consent | null>;
}

/** The store, or the key store behind it, did not answer; the same call may succeed later. */
export class ConsentStoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConsentStoreUnavailable';
  }
}

/** What is stored is not the consent that was given: altered, exchanged, or of a form this version does not read. */
export class ConsentCorrupted extends Error {
  constructor(options?: ErrorOptions) {
    super('What is stored is not the consent that was given.', options);
    this.name = 'ConsentCorrupted';
  }
}
