import type { PartnerStore } from './partner-store.ts';
import type { KeyedRequest, PartnerTerms, PartnerTermsStore } from './partner-terms.ts';

/** A third party as it is to be. */
export interface NewPartner {
  readonly id: string;
  /** An office or a company, never a person. */
  readonly name: string;
  readonly terms: PartnerTerms;
}

interface Stores {
  readonly partners: Pick<PartnerStore, 'findOwner' | 'revokeKey'>;
  readonly terms: PartnerTermsStore;
}

/**
 * Adds a third party with its terms. `repeated`: it stands there as it is asked for; `exists`: another stands there. A
 * request: one came under the same key before, whatever it asked for.
 *
 * @param at RFC 3339, UTC.
 * @param request the one that asks for it, where it has an idempotency key.
 * @throws PartnerStoreUnavailable
 */
export async function createPartner(
  { id, name, terms }: NewPartner,
  at: string,
  stores: Stores,
  request: KeyedRequest | null = null,
): Promise<'created' | 'repeated' | 'exists' | KeyedRequest> {
  const outcome = await stores.terms.createPartner(id, name, terms, at, request);
  if (outcome !== 'exists') return outcome;
  const [standing, agreed] = await Promise.all([
    stores.partners.findOwner({ kind: 'partner', id }),
    stores.terms.termsOf(id),
  ]);
  return standing?.name === name && agreed !== null && textOf(agreed) === textOf(terms)
    ? 'repeated'
    : 'exists';
}

/**
 * Ends a key of a third party, at once and for good; the first time counts. One that is somebody else's is `unknown`.
 *
 * @param at RFC 3339, UTC.
 * @throws PartnerStoreUnavailable
 */
export async function revokePartnerKey(
  id: string,
  keyId: string,
  at: string,
  { partners }: Pick<Stores, 'partners'>,
): Promise<'revoked' | 'revoked-before' | 'unknown'> {
  const owner = await partners.findOwner({ kind: 'partner', id });
  // An owner never loses a key, so nobody else can have it a moment later.
  return owner?.keys.some((key) => key.id === keyId) ? partners.revokeKey(keyId, at) : 'unknown';
}

/** Equal for equal terms, however their members were ordered. */
function textOf({ services, purposes, lawfulBasis, checksADay, personsADay }: PartnerTerms): string {
  return JSON.stringify([
    services === null ? null : services.toSorted(),
    purposes.toSorted(),
    lawfulBasis,
    checksADay,
    personsADay,
  ]);
}
