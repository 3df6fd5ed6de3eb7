import type * as z from 'zod/mini';
import type { partnerTerms } from '../../contract/partner/terms.ts';

/** What was agreed with a third party: the services and purposes it may ask about, on what ground, and how much a day. */
export type PartnerTerms = Readonly<z.infer<typeof partnerTerms>>;

/** A request that came under an idempotency key, and what it was answered. */
export interface KeyedRequest {
  /** Of operation, caller and key; a digest. */
  readonly id: string;
  /** Tells a repetition from another request under the same key. */
  readonly fingerprint: string;
  /** JSON, to the byte. */
  readonly answer: string;
}

/** What may be asked of a partner's terms that does not change them. */
export interface PartnerTermsReader {
  /**
   * The terms of a third party, in one consistent read, so that a change holds from the next look on; null where there
   * are none, so that nothing may be asked.
   *
   * @throws PartnerStoreUnavailable
   */
  termsOf(partner: string): Promise<PartnerTerms | null>;
}

/** Where the terms of third parties are kept. Every method throws `PartnerStoreUnavailable`. */
export interface PartnerTermsStore extends PartnerTermsReader {
  /**
   * Creates a third party with its terms, both or neither.
   *
   * @param name what operators know it by; an office or a company, never a person.
   * @param createdAt RFC 3339, UTC.
   * @param request remembered with what is created; where one stands under its id already, nothing is created, and that
   * one is given. It stands for two days at least.
   */
  createPartner(
    partner: string,
    name: string,
    terms: PartnerTerms,
    createdAt: string,
    request?: KeyedRequest | null,
  ): Promise<'created' | 'exists' | KeyedRequest>;

  /**
   * Remembers a request that created nothing.
   *
   * @param at RFC 3339, UTC.
   * @returns the one that stands under its id: this one, or an earlier one.
   */
  remember(request: KeyedRequest, at: string): Promise<KeyedRequest>;

  /**
   * Puts terms in the place of those there are. What was used of the day stays used.
   *
   * @param setAt RFC 3339, UTC.
   */
  setTerms(partner: string, terms: PartnerTerms, setAt: string): Promise<'set' | 'no-such-partner'>;
}
