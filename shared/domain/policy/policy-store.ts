import type { Pack } from './pack-schema.ts';
import type { Period } from './period.ts';

/** What the catalogue of a policy says about one of its versions, without the pack itself. */
export interface PolicyVersionSummary {
  readonly version: string;
  /** `sha256:<hex>` over the canonical JSON of the pack. */
  readonly digest: string;
  /** As the pack has it. */
  readonly effective: Period;
  /** RFC 3339 instant. */
  readonly publishedAt: string;
}

/** Names every published version of a policy. Its revision grows by one with each published version. */
export interface PolicyPointer {
  readonly policy: string;
  readonly revision: number;
  /** Sorted by `effective.from`, then by version. */
  readonly versions: readonly PolicyVersionSummary[];
}

/** A published version as it was read, its digest verified against its content. */
export interface StoredPolicyVersion {
  readonly pack: Pack;
  readonly digest: string;
}

/**
 * - `published`: the version, its digest guard and the moved pointer were written together.
 * - `digest-exists`: this very pack is published already; nothing was written.
 * - `version-exists`: the policy has a version of that name with other content; nothing was written.
 * - `pointer-moved`: another publisher was faster; read the pointer and try again.
 */
export type PublishOutcome = 'published' | 'digest-exists' | 'version-exists' | 'pointer-moved';

/**
 * Where published policies are kept. Versions are append-only: nothing here changes or removes one.
 * Every method throws {@link PolicyStoreUnavailable} when the store does not answer in time.
 */
export interface PolicyStore {
  /** All pointers, sorted by policy id; costs one query. */
  listPointers(): Promise<PolicyPointer[]>;
  readPointer(policy: string): Promise<PolicyPointer | null>;
  /** @throws PolicyVersionCorrupted when what was read does not have the digest it was published with. */
  readVersion(policy: string, version: string): Promise<StoredPolicyVersion | null>;
  /**
   * Publishes one version in one transaction.
   *
   * @param digest `packDigest(pack)`; the caller has it already.
   * @param publishedAt RFC 3339 instant.
   * @param expectedRevision the pointer's revision the caller has seen, `null` for a policy with no pointer yet.
   * @throws PolicyVersionTooLarge when the pack does not fit into one item.
   */
  publish(
    pack: Pack,
    digest: string,
    publishedAt: string,
    expectedRevision: number | null,
  ): Promise<PublishOutcome>;
}

/** The store did not answer, or not in time. Trying again later may help. */
export class PolicyStoreUnavailable extends Error {
  override readonly name = 'PolicyStoreUnavailable';
}

/** A stored version does not have the digest it was published with, so it must not be used. */
export class PolicyVersionCorrupted extends Error {
  override readonly name = 'PolicyVersionCorrupted';

  constructor(policy: string, version: string, options?: ErrorOptions) {
    super(`Version ${version} of policy ${policy} is not what was published under its digest.`, options);
  }
}

/** The compressed pack does not fit into one item of the store. */
export class PolicyVersionTooLarge extends Error {
  override readonly name = 'PolicyVersionTooLarge';
}
