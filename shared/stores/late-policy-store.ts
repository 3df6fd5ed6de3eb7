import { late } from '../caching/late.ts';
import type { Pack } from '../domain/policy/pack-schema.ts';
import type {
  PolicyPointer,
  PolicyStore,
  PublishOutcome,
  StoredPolicyVersion,
} from '../domain/policy/policy-store.ts';

/** A {@link PolicyStore} that is opened when it is first asked, so that what it needs is not loaded before. */
export class LatePolicyStore implements PolicyStore {
  readonly #store: () => Promise<PolicyStore>;

  constructor(open: () => Promise<PolicyStore>) {
    this.#store = late(open);
  }

  async listPointers(): Promise<PolicyPointer[]> {
    return (await this.#store()).listPointers();
  }

  async readPointer(policy: string): Promise<PolicyPointer | null> {
    return (await this.#store()).readPointer(policy);
  }

  async readVersion(policy: string, version: string): Promise<StoredPolicyVersion | null> {
    return (await this.#store()).readVersion(policy, version);
  }

  async publish(
    pack: Pack,
    digest: string,
    publishedAt: string,
    expectedRevision: number | null,
  ): Promise<PublishOutcome> {
    return (await this.#store()).publish(pack, digest, publishedAt, expectedRevision);
  }
}
