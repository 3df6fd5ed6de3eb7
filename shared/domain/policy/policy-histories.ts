import type { PolicyHistory } from './policy-history.ts';
import type { PolicyPointer } from './policy-store.ts';

/**
 * The published policies, compiled and ready to evaluate.
 * Every method throws `PolicyStoreUnavailable` when the policies can neither be read nor answered from memory.
 */
export interface PolicyHistories {
  /**
   * The versions of a policy; `null` when no such policy was published.
   *
   * @param from the first day that is asked about, `YYYY-MM-DD`: versions that ended before it may be missing then.
   */
  history(policy: string, from?: string): Promise<PolicyHistory | null>;
  /** What is published, sorted by policy id. */
  list(): Promise<readonly PolicyPointer[]>;
}
