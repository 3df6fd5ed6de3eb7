import type { Caller } from '../contract/caller.ts';
import type { Scope } from '../contract/scopes.ts';

/** What a credential that was verified says: who calls, and what they may do. */
export interface Credential {
  readonly caller: Caller;
  readonly scopes: readonly Scope[];
  /** Where it may be used from, in CIDR notation; empty: anywhere. */
  readonly ipRanges: readonly string[];
  /** Whom usage plans count; null: nobody. */
  readonly usageIdentifier: string | null;
}
