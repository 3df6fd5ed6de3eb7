import { StaleIfError, type StaleIfErrorOptions } from '../caching/stale-if-error.ts';
import { compilePolicy } from '../domain/policy/compile.ts';
import type { CompiledPolicy } from '../domain/policy/compiled-policy.ts';
import type { Pack } from '../domain/policy/pack-schema.ts';
import type { PolicyHistories } from '../domain/policy/policy-histories.ts';
import { type PolicyHistory, policyHistory } from '../domain/policy/policy-history.ts';
import {
  type PolicyPointer,
  type PolicyStore,
  PolicyStoreUnavailable,
  PolicyVersionCorrupted,
  type PolicyVersionSummary,
} from '../domain/policy/policy-store.ts';

export interface CachedPolicyHistoriesOptions extends Partial<StaleIfErrorOptions> {
  /** How old the knowledge of which versions there are may be before it is read again. */
  readonly maxAgeMilliseconds?: number;
  /** A version that is at hand already, by its digest: it is neither read nor compiled again. */
  readonly known?: (digest: string) => CompiledPolicy | undefined;
}

interface RememberedPolicy {
  readonly fallback: StaleIfError<PolicyHistory>;
  /** The history for one revision of the pointer, loaded or on its way. */
  current: { readonly revision: number; readonly history: Promise<PolicyHistory> } | null;
}

/**
 * {@link PolicyHistories} from a store, remembered between requests.
 *
 * A pack is read and compiled once, by its digest: a version never changes. What can change, the pointers, is read
 * again after `maxAgeMilliseconds` (10 s), so that a new version answers within that time in every process. Concurrent
 * requests share one read. When the store fails, what is known goes on answering for `maxStaleMilliseconds` (5 min);
 * then, and before anything is known, callers get `PolicyStoreUnavailable`.
 */
export class CachedPolicyHistories implements PolicyHistories {
  readonly #store: PolicyStore;
  readonly #staleIfError: StaleIfErrorOptions;
  readonly #maxAgeMilliseconds: number;
  readonly #known: (digest: string) => CompiledPolicy | undefined;
  readonly #fallback: StaleIfError<readonly PolicyPointer[]>;
  readonly #compiled = new Map<string, CompiledPolicy>();
  readonly #policies = new Map<string, RememberedPolicy>();
  #pointers: { readonly value: readonly PolicyPointer[]; readonly readAt: number } | null = null;
  #reading: Promise<readonly PolicyPointer[]> | null = null;

  constructor(store: PolicyStore, options: CachedPolicyHistoriesOptions = {}) {
    const { maxAgeMilliseconds = 10_000, known = () => undefined, ...staleIfError } = options;
    this.#store = store;
    this.#maxAgeMilliseconds = maxAgeMilliseconds;
    this.#known = known;
    this.#staleIfError = {
      now: Date.now,
      maxStaleMilliseconds: 300_000,
      retryAfterMilliseconds: 2_000,
      onStale: () => {},
      ...staleIfError,
    };
    this.#fallback = new StaleIfError(this.#staleIfError);
  }

  async list(): Promise<readonly PolicyPointer[]> {
    if (this.#pointers !== null && this.#isFresh(this.#pointers.readAt)) return this.#pointers.value;
    this.#reading ??= this.#fallback
      .answer(() => this.#readPointers())
      .catch((error) => {
        throw unavailable('Which policies are published cannot be read.', error);
      })
      .finally(() => {
        this.#reading = null;
      });
    return this.#reading;
  }

  async history(policy: string): Promise<PolicyHistory | null> {
    const pointer = (await this.list()).find((candidate) => candidate.policy === policy);
    if (pointer === undefined) return null;
    const remembered = this.#remembered(policy);
    try {
      return await remembered.fallback.answer(() => this.#load(remembered, pointer));
    } catch (error) {
      throw unavailable(`The versions of policy ${policy} cannot be read.`, error);
    }
  }

  async #readPointers(): Promise<readonly PolicyPointer[]> {
    const readAt = this.#staleIfError.now();
    const value = await this.#store.listPointers();
    this.#pointers = { value, readAt };
    return value;
  }

  #isFresh(readAt: number): boolean {
    const age = this.#staleIfError.now() - readAt;
    // A clock that was set back must not keep an old value fresh for longer.
    return age >= 0 && age < this.#maxAgeMilliseconds;
  }

  #remembered(policy: string): RememberedPolicy {
    let remembered = this.#policies.get(policy);
    if (remembered === undefined) {
      remembered = { fallback: new StaleIfError(this.#staleIfError), current: null };
      this.#policies.set(policy, remembered);
    }
    return remembered;
  }

  #load(remembered: RememberedPolicy, pointer: PolicyPointer): Promise<PolicyHistory> {
    const { current } = remembered;
    if (current?.revision === pointer.revision) return current.history;
    const loading = { revision: pointer.revision, history: this.#read(pointer) };
    remembered.current = loading;
    // A failed read is tried again by a later request.
    loading.history.catch(() => {
      if (remembered.current === loading) remembered.current = null;
    });
    return loading.history;
  }

  async #read({ policy, versions }: PolicyPointer): Promise<PolicyHistory> {
    const missing = versions.filter(({ digest }) => !this.#isAtHand(digest));
    // First all reads, then all compiling: a processor busy compiling would let the reads run into their timeouts.
    const packs = await Promise.all(missing.map((summary) => this.#readPack(policy, summary)));
    for (const [index, { digest }] of missing.entries())
      this.#compiled.set(digest, compilePolicy(packs[index]!));
    return policyHistory(
      policy,
      versions.map(({ digest }) => this.#compiled.get(digest)!),
    );
  }

  #isAtHand(digest: string): boolean {
    if (this.#compiled.has(digest)) return true;
    const known = this.#known(digest);
    if (known !== undefined) this.#compiled.set(digest, known);
    return known !== undefined;
  }

  async #readPack(policy: string, { version, digest }: PolicyVersionSummary): Promise<Pack> {
    const stored = await this.#store.readVersion(policy, version);
    if (stored === null || stored.digest !== digest) throw new PolicyVersionCorrupted(policy, version);
    return stored.pack;
  }
}

function unavailable(message: string, cause: unknown): PolicyStoreUnavailable {
  return cause instanceof PolicyStoreUnavailable ? cause : new PolicyStoreUnavailable(message, { cause });
}
