import { packDigest } from '../../shared/domain/policy/digest.ts';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import type {
  PolicyPointer,
  PolicyStore,
  PolicyVersionSummary,
  PublishOutcome,
  StoredPolicyVersion,
} from '../../shared/domain/policy/policy-store.ts';

/** A policy store in memory that keeps the rules of the port, counts its reads and can be made to fail. */
export class MemoryPolicyStore implements PolicyStore {
  /** While set, every call throws it. */
  fault: Error | null = null;
  readonly reads = { pointers: 0, versions: 0 };
  readonly #pointers = new Map<string, PolicyPointer>();
  readonly #versions = new Map<string, StoredPolicyVersion>();

  async listPointers(): Promise<PolicyPointer[]> {
    this.reads.pointers++;
    await this.#answer();
    return [...this.#pointers.values()].sort((a, b) => (a.policy < b.policy ? -1 : 1));
  }

  async readPointer(policy: string): Promise<PolicyPointer | null> {
    await this.#answer();
    return this.#pointers.get(policy) ?? null;
  }

  async readVersion(policy: string, version: string): Promise<StoredPolicyVersion | null> {
    this.reads.versions++;
    await this.#answer();
    return this.#versions.get(`${policy}/${version}`) ?? null;
  }

  async publish(
    pack: Pack,
    digest: string,
    publishedAt: string,
    expectedRevision: number | null,
  ): Promise<PublishOutcome> {
    await this.#answer();
    const key = `${pack.policy}/${pack.version}`;
    const existing = this.#versions.get(key);
    if (existing !== undefined) return existing.digest === digest ? 'digest-exists' : 'version-exists';
    const pointer = this.#pointers.get(pack.policy);
    if ((pointer?.revision ?? null) !== expectedRevision) return 'pointer-moved';
    this.#versions.set(key, { pack, digest });
    const summary: PolicyVersionSummary = {
      version: pack.version,
      digest,
      effective: pack.effective,
      publishedAt,
    };
    this.#pointers.set(pack.policy, {
      policy: pack.policy,
      revision: (pointer?.revision ?? 0) + 1,
      versions: [...(pointer?.versions ?? []), summary],
    });
    return 'published';
  }

  /** Publishes packs, each with its digest; for tests that are not about publishing. */
  async seed(...packs: readonly Pack[]): Promise<void> {
    for (const pack of packs) {
      const pointer = await this.readPointer(pack.policy);
      await this.publish(pack, packDigest(pack), '2020-01-01T00:00:00Z', pointer?.revision ?? null);
    }
  }

  async #answer(): Promise<void> {
    await Promise.resolve();
    if (this.fault !== null) throw this.fault;
  }
}
