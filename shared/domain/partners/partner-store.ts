/** Who holds API keys: a third party, or the feed of a bureau. */
export interface KeyOwner {
  readonly kind: 'partner' | 'feed';
  /** A third party's id, or the bureau a feed speaks for; `[a-z0-9-]`, at most 32. */
  readonly id: string;
}

/** An API key as it is kept: everything but the key. */
export interface PartnerKey {
  /** The public part of the key, by which it is found and named. */
  readonly id: string;
  readonly owner: KeyOwner;
  /** Keyed HMAC of the whole key, after the version of the HMAC's key: `v1.<base64url>`. */
  readonly hash: string;
  readonly scopes: readonly string[];
  /** Where it may be used from, in CIDR notation; empty: anywhere. */
  readonly ipRanges: readonly string[];
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** The key is refused from this instant on; at most a year after `createdAt`. */
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  /** `YYYY-MM-DD` in UTC, to the day and no finer; null: never used. */
  readonly lastUsedOn: string | null;
}

/** What an owner's own entry knows of each of its keys, enough to tell how many are live. */
export type KeySummary = Pick<PartnerKey, 'id' | 'createdAt' | 'expiresAt' | 'revokedAt'>;

/** An owner with the keys it has ever had, oldest first. */
export interface PartnerEntry extends KeyOwner {
  /** What operators know it by; an office or a company, never a person. */
  readonly name: string;
  readonly createdAt: string;
  readonly keys: readonly KeySummary[];
}

/** Two keys may live side by side, so that an owner can change over without a gap. */
export const maxLiveKeys = 2;

/** Whether a key is neither revoked nor expired at an instant (RFC 3339, UTC; they sort as text). */
export function isLive({ revokedAt, expiresAt }: Pick<PartnerKey, 'revokedAt' | 'expiresAt'>, now: string) {
  return revokedAt === null && now < expiresAt;
}

/** Where owners of API keys and their keys are kept. Every method throws {@link PartnerStoreUnavailable}. */
export interface PartnerStore {
  createOwner(owner: KeyOwner, name: string, createdAt: string): Promise<'created' | 'exists'>;

  /**
   * Adds a key, unless its owner is unknown, has {@link maxLiveKeys} live ones at `key.createdAt`, or ever had one of this
   * id.
   */
  addKey(key: PartnerKey): Promise<'added' | 'no-such-owner' | 'too-many-keys' | 'exists'>;

  /** Ends a key at once and for good. The first revocation counts. */
  revokeKey(id: string, revokedAt: string): Promise<'revoked' | 'revoked-before' | 'unknown'>;

  /** One key, in one consistent read: a revocation is seen by the next look. */
  findKey(id: string): Promise<PartnerKey | null>;

  findOwner(owner: KeyOwner): Promise<PartnerEntry | null>;

  listOwners(): Promise<readonly PartnerEntry[]>;

  /**
   * Some of the third parties, by id.
   *
   * @param count at most so many.
   * @param after the id they come after; null: from the first on.
   */
  listPartners(count: number, after: string | null): Promise<readonly PartnerEntry[]>;

  /** Remembers the day (`YYYY-MM-DD`) a key was used on; an earlier day than the one known changes nothing. */
  markUsed(id: string, day: string): Promise<void>;
}

/** The store did not answer; the same call may succeed later. */
export class PartnerStoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PartnerStoreUnavailable';
  }
}
