import type { PolicyHistories } from '../domain/policy/policy-histories.ts';
import type { PolicyHistory } from '../domain/policy/policy-history.ts';
import type { PolicyPointer } from '../domain/policy/policy-store.ts';
import type { DeployedPolicies, DeployedVersion } from './deployed-policies.ts';

export interface DeployedPolicyHistoriesOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** How long what the store said of the deployed versions is good, before it is asked again. */
  readonly maxAgeMilliseconds?: number;
  /** Resolves when an answer made now has left, so that asking the store does not hold it up. */
  readonly afterAnswer?: () => Promise<unknown>;
  /** Told of a deployed version that the store does not have; once for as long as that is so. */
  readonly onUnpublished?: (version: DeployedVersion) => void;
  /** Told why the store could not be asked in the background; nobody else would learn of it. */
  readonly onUnanswered?: (error: unknown) => void;
}

/** An answer is on its way within this time, unless the processor is very busy; and then nothing is lost but time. */
const answerMilliseconds = 50;

/**
 * {@link PolicyHistories} that answer at once from the packs of the deployment where no store could say anything else
 * ({@link DeployedPolicies.historyFrom}), and ask the store in the background whether those packs are published. **The
 * store wins:** from the moment it answers, a policy of which a deployed version is not published there, or has another
 * content, is answered from the store alone. Every other question waits for the store.
 *
 * On Lambda a process is frozen between requests, and with it what goes on in the background. That is no more than a
 * pause: the question goes on with the next request, fails at its deadline, and is asked again.
 */
export class DeployedPolicyHistories implements PolicyHistories {
  readonly #deployed: () => Promise<DeployedPolicies>;
  readonly #store: PolicyHistories;
  readonly #options: Required<DeployedPolicyHistoriesOptions>;
  /** Policies of which a deployed version is not what the store has, with those versions. */
  #unpublished: ReadonlyMap<string, readonly DeployedVersion[]> = new Map();
  #asking: Promise<void> | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param deployed asked with every question; opens the packs once.
   * @param store remembers what it read: it is asked with every question that is not answered from the deployment.
   */
  constructor(
    deployed: () => Promise<DeployedPolicies>,
    store: PolicyHistories,
    options: DeployedPolicyHistoriesOptions = {},
  ) {
    this.#deployed = deployed;
    this.#store = store;
    this.#options = {
      now: Date.now,
      maxAgeMilliseconds: 10_000,
      afterAnswer: () => new Promise((resolve) => setTimeout(resolve, answerMilliseconds)),
      onUnpublished: () => {},
      onUnanswered: () => {},
      ...options,
    };
  }

  async history(policy: string, from?: string): Promise<PolicyHistory | null> {
    const deployed = await this.#deployed();
    if (from !== undefined && !this.#unpublished.has(policy)) {
      const history = deployed.historyFrom(policy, from);
      if (history !== null) {
        this.#askInBackground(deployed);
        return history;
      }
    }
    await this.#backgroundSettled();
    const history = await this.#store.history(policy);
    this.#compare(deployed, await this.#store.list());
    return history;
  }

  async list(): Promise<readonly PolicyPointer[]> {
    await this.#backgroundSettled();
    return this.#store.list();
  }

  /** Whoever waits must not fail with a read that was frozen half-way and is past its deadline: their own comes after it. */
  async #backgroundSettled(): Promise<void> {
    await this.#asking;
  }

  #askInBackground(deployed: DeployedPolicies): void {
    const { now, maxAgeMilliseconds } = this.#options;
    const age = now() - this.#askedAt;
    // A clock that was set back must not keep the store from being asked.
    if (this.#asking !== null || (age >= 0 && age < maxAgeMilliseconds)) return;
    this.#asking = this.#ask(deployed).finally(() => {
      this.#asking = null;
      this.#askedAt = now();
    });
  }

  async #ask(deployed: DeployedPolicies): Promise<void> {
    try {
      await this.#options.afterAnswer();
      this.#compare(deployed, await this.#store.list());
    } catch (error) {
      this.#options.onUnanswered(error);
    }
  }

  #compare({ versions: deployed }: DeployedPolicies, pointers: readonly PolicyPointer[]): void {
    const published = new Set(pointers.flatMap(({ versions }) => versions.map(({ digest }) => digest)));
    const unpublished = Map.groupBy(
      deployed.filter(({ digest }) => !published.has(digest)),
      ({ policy }) => policy,
    );
    for (const [policy, versions] of unpublished) {
      const told = this.#unpublished.get(policy) ?? [];
      for (const version of versions) if (!told.includes(version)) this.#options.onUnpublished(version);
    }
    this.#unpublished = unpublished;
  }
}
