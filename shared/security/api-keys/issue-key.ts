import { doorOfKind } from '../../contract/caller.ts';
import { type Scope, scopeDoors } from '../../contract/scopes.ts';
import type { KeyOwner, PartnerStore } from '../../domain/partners/partner-store.ts';
import { type KeyEnvironment, makeApiKey } from './api-key.ts';
import type { ApiKeyHashes } from './api-key-hashes.ts';
import { isIpRange } from './ip-ranges.ts';

/** Days a key may live at most. */
export const maxKeyDays = 365;

const dayMilliseconds = 86_400_000;

/** What a key is to be good for. */
export interface KeyRequest {
  readonly owner: KeyOwner;
  /** At least one, and of the owner's own door only. */
  readonly scopes: readonly Scope[];
  /** CIDR; empty: from anywhere. */
  readonly ipRanges: readonly string[];
  /** 1 to {@link maxKeyDays}. */
  readonly days: number;
  readonly environment: KeyEnvironment;
  /** What the key is to be named (`ak_…`), so that it is made once; random when absent. */
  readonly id?: string;
}

export type IssuedKey =
  | {
      readonly outcome: 'added';
      readonly id: string;
      /** The key itself: shown here, once, and kept nowhere. */
      readonly text: string;
      readonly expiresAt: string;
    }
  | { readonly outcome: 'no-such-owner' | 'too-many-keys' | 'exists' };

/**
 * Makes an API key for an owner and stores what tells it from others.
 *
 * @throws RangeError when no such key may be made; PartnerStoreUnavailable, KeyStoreUnavailable, KeyUnreadable.
 */
export async function issueKey(
  { owner, scopes, ipRanges, days, environment, id }: KeyRequest,
  {
    store,
    hashes,
    now,
  }: { readonly store: PartnerStore; readonly hashes: ApiKeyHashes; readonly now: number },
): Promise<IssuedKey> {
  const foreign = scopes.find((scope) => scopeDoors[scope] !== doorOfKind[owner.kind]);
  if (foreign !== undefined) throw new RangeError(`A ${owner.kind} cannot be given the scope ${foreign}.`);
  if (scopes.length === 0) throw new RangeError('A key needs at least one scope.');
  if (!ipRanges.every(isIpRange)) throw new RangeError('An address range is not in CIDR notation.');
  if (!Number.isInteger(days) || days < 1 || days > maxKeyDays) {
    throw new RangeError(`A key lives for 1 to ${maxKeyDays} days.`);
  }
  const apiKey = makeApiKey(environment, id);
  const expiresAt = new Date(now + days * dayMilliseconds).toISOString();
  const outcome = await store.addKey({
    id: apiKey.id,
    owner,
    hash: await hashes.of(apiKey),
    scopes,
    ipRanges,
    createdAt: new Date(now).toISOString(),
    expiresAt,
    revokedAt: null,
    lastUsedOn: null,
  });
  return outcome === 'added' ? { outcome, id: apiKey.id, text: apiKey.text, expiresAt } : { outcome };
}
