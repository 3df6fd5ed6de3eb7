import type { PolicyHistories } from '../domain/policy/policy-histories.ts';
import type { PolicyHistory } from '../domain/policy/policy-history.ts';
import type { PolicyPointer } from '../domain/policy/policy-store.ts';
import type { DeployedPolicies, DeployedVersion } from './deployed-policies.ts';

export interface DeployedPolicyHistoriesOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** How long what the store said of the deployed versions is good, before it is asked again. */
  readonly maxAgeMilliseconds?: number;
  /** How long after it was asked last an answer may be given before it is asked again. */
  readonly maxUnaskedMilliseconds?: number;
  /** Resolves when an answer made now has left, so that asking the store does not hold it up. */
  readonly afterAnswer?: () => Promise<unknown>;
  /** Told of a deployed version that the store does not have; once for as long as that is so. */
  readonly onUnpublished?: (version: DeployedVersion) => void;
  /** Told why the store could not be asked where no answer fails with it; nobody else would learn of it. */
  readonly onUnanswered?: (error: unknown) => void;
}

/** An answer is on its way within this time, unless the processor is very busy; and then nothing is lost but time. */
const answerMilliseconds = 50;

/**
 * {@link PolicyHistories} that answer from the packs of the deployment where these are all that is published
 * ({@link DeployedPolicies.historyFrom}). A process asks the store before its first answer, then in the background, and
 * before an answer again where it has not for half a minute. **The store wins:** from the moment it answers, a policy of
 * which it has other versions than were deployed is answered from the store alone. Where it does not answer, what was
 * deployed, or known last, goes on; every other question waits for it.
 *
 * On Lambda a process is frozen between requests, and with it what goes on in the background. That is no more than a
 * pause: the question goes on with the next request, fails at its deadline, and is asked again.
 */
export class DeployedPolicyHistories implements PolicyHistories {
  readonly #deployed: () => Promise<DeployedPolicies>;
  readonly #store: PolicyHistories;
  readonly #options: Required<DeployedPolicyHistoriesOptions>;
  /** Deployed versions that the store does not have. */
  #unpublished: readonly DeployedVersion[] = [];
  /** Policies of which the store has other versions than were deployed. */
  #different: ReadonlySet<string> = new Set();
  #waiting: Promise<void> | null = null;
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
      maxUnaskedMilliseconds: 30_000,
      afterAnswer: () => new Promise((resolve) => setTimeout(resolve, answerMilliseconds)),
      onUnpublished: () => {},
      onUnanswered: () => {},
      ...options,
    };
  }

  async history(policy: string, from?: string): Promise<PolicyHistory | null> {
    const deployed = await this.#deployed();
    if (from !== undefined) {
      await this.#askedLately(deployed);
      const history = this.#different.has(policy) ? null : deployed.historyFrom(policy, from);
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

  /** What was published meanwhile a new process does not know, nor one that nobody has asked for a while: they wait for the store. */
  async #askedLately(deployed: DeployedPolicies): Promise<void> {
    if (this.#askedWithin(this.#options.maxUnaskedMilliseconds)) return;
    this.#waiting ??= this.#ask(deployed).finally(() => {
      this.#waiting = null;
    });
    await this.#waiting;
  }

  #askInBackground(deployed: DeployedPolicies): void {
    const { maxAgeMilliseconds, afterAnswer } = this.#options;
    if (this.#asking !== null || this.#askedWithin(maxAgeMilliseconds)) return;
    this.#asking = afterAnswer()
      .then(() => this.#ask(deployed))
      .finally(() => {
        this.#asking = null;
      });
  }

  #askedWithin(milliseconds: number): boolean {
    const age = this.#options.now() - this.#askedAt;
    // A clock that was set back must not keep the store from being asked.
    return age >= 0 && age < milliseconds;
  }

  async #ask(deployed: DeployedPolicies): Promise<void> {
    try {
      this.#compare(deployed, await this.#store.list());
    } catch (error) {
      this.#options.onUnanswered(error);
    } finally {
      this.#askedAt = this.#options.now();
    }
  }

  #compare({ versions: deployed }: DeployedPolicies, pointers: readonly PolicyPointer[]): void {
    const published = new Set(pointers.flatMap(({ versions }) => versions.map(({ digest }) => digest)));
    const known = new Set(deployed.map(({ digest }) => digest));
    const unpublished = deployed.filter(({ digest }) => !published.has(digest));
    for (const version of unpublished) {
      if (!this.#unpublished.includes(version)) this.#options.onUnpublished(version);
    }
    this.#unpublished = unpublished;
    // What was published since may end what had no end.
    const later = pointers.filter(({ versions }) => versions.some(({ digest }) => !known.has(digest)));
    this.#different = new Set([...unpublished, ...later].map(({ policy }) => policy));
  }
}
