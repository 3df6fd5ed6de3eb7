import { type Caller, doorOfKind } from '../../contract/caller.ts';
import { type Scope, scopeDoors } from '../../contract/scopes.ts';
import { isLive, type PartnerKey, type PartnerStore } from '../../domain/partners/partner-store.ts';
import type { Credential } from '../credential.ts';
import { CredentialRefused } from '../credential-refused.ts';
import { type KeyEnvironment, readApiKey } from './api-key.ts';
import type { ApiKeyHashes } from './api-key-hashes.ts';
import { isInRanges } from './ip-ranges.ts';

export interface ApiKeyVerifierOptions {
  readonly store: PartnerStore;
  readonly hashes: ApiKeyHashes;
  /** The keys of the other environment are refused unread. */
  readonly environment: KeyEnvironment;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told when the day of use could not be kept: no reason to refuse anyone. */
  readonly onUseNotKept: (error: unknown) => void;
  /** Told of a good key that has at most {@link expiresSoonDays} days left, at each of its uses. */
  readonly onExpiresSoon: () => void;
}

/** Days before a key's last in which operators are told that it is still used: enough to change over. */
export const expiresSoonDays = 14;

const dayMilliseconds = 86_400_000;

/**
 * Tells good API keys from all others, by one consistent read each: nothing is remembered here, so that a key is
 * refused from the moment its revocation is stored, wherever no answer of the gateway's own cache stands.
 */
export class ApiKeyVerifier {
  readonly #options: ApiKeyVerifierOptions;

  constructor(options: ApiKeyVerifierOptions) {
    this.#options = options;
  }

  /**
   * Who holds a key, once it is found good for `sourceIp`.
   *
   * @throws CredentialRefused, and PartnerStoreUnavailable, KeyStoreUnavailable or KeyUnreadable when that cannot be told.
   */
  async verify(text: string, sourceIp: string): Promise<Credential> {
    const { store, hashes, environment, now, onExpiresSoon } = this.#options;
    const apiKey = readApiKey(text);
    if (apiKey === null) throw new CredentialRefused('checksum');
    if (apiKey.environment !== environment) throw new CredentialRefused('environment');
    const key = await store.findKey(apiKey.id);
    if (key === null) throw new CredentialRefused('unknown-key');
    if (!(await hashes.matches(apiKey, key.hash))) throw new CredentialRefused('hash');
    const at = now();
    const instant = new Date(at).toISOString();
    if (key.revokedAt !== null) throw new CredentialRefused('revoked');
    if (!isLive(key, instant)) throw new CredentialRefused('expired');
    if (key.ipRanges.length > 0 && !isInRanges(sourceIp, key.ipRanges))
      throw new CredentialRefused('network');
    if (Date.parse(key.expiresAt) - at <= expiresSoonDays * dayMilliseconds) onExpiresSoon();
    await this.#keepUse(key, instant.slice(0, 10));
    return credentialOf(key);
  }

  async #keepUse({ id, lastUsedOn }: PartnerKey, day: string): Promise<void> {
    if (lastUsedOn !== null && lastUsedOn >= day) return;
    try {
      await this.#options.store.markUsed(id, day);
    } catch (error) {
      this.#options.onUseNotKept(error);
    }
  }
}

function credentialOf({ id, owner, scopes, ipRanges }: PartnerKey): Credential {
  const caller: Caller =
    owner.kind === 'feed'
      ? { kind: 'feed', source: owner.id, key: id }
      : { kind: 'partner', partner: owner.id, key: id };
  return {
    caller,
    // A scope of another door is none, whatever stands in the table.
    scopes: scopes.filter(
      (scope): scope is Scope =>
        Object.hasOwn(scopeDoors, scope) && scopeDoors[scope as Scope] === doorOfKind[caller.kind],
    ),
    ipRanges,
    // Of the owner and not of the key: changing over must not double what may be sent. At least 20 characters long.
    usageIdentifier: `permit-eligibility.${owner.kind}.${owner.id}`,
  };
}
