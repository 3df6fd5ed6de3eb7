import type * as z from 'zod/mini';
import type { partnerTerms } from '../../contract/partner/terms.ts';

/** What was agreed with a third party: the services and purposes it may ask about, on what ground, and how much a day. */
export type PartnerTerms = Readonly<z.infer<typeof partnerTerms>>;

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
   */
  createPartner(
    partner: string,
    name: string,
    terms: PartnerTerms,
    createdAt: string,
  ): Promise<'created' | 'exists'>;

  /**
   * Puts terms in the place of those there are. What was used of the day stays used.
   *
   * @param setAt RFC 3339, UTC.
   */
  setTerms(partner: string, terms: PartnerTerms, setAt: string): Promise<'set' | 'no-such-partner'>;
}
