import type { PolicyHistories } from '../shared/domain/policy/policy-histories.ts';
import type { PolicyStore } from '../shared/domain/policy/policy-store.ts';
import { nameOf } from '../shared/observability/describe-error.ts';
import type { Log } from '../shared/observability/log.ts';
import { CachedPolicyHistories } from '../shared/stores/cached-policy-histories.ts';
import { LatePolicyStore } from '../shared/stores/late-policy-store.ts';
import { databaseClient } from './database-client.ts';

/** What operations that answer from published policies need of the world; tests hand in their own. */
export interface PolicyDependencies {
  readonly histories: PolicyHistories;
  readonly store: PolicyStore;
  /** The policy that answers where a caller names none. */
  readonly defaultPolicy: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface PolicyEnvironment {
  readonly POLICIES_TABLE: string;
  readonly DEFAULT_POLICY: string;
  readonly DYNAMODB_ENDPOINT?: string | undefined;
}

/** The dependencies of a running function: the policies table, remembered between requests, and the system's clock. */
export function policyDependencies(
  environment: PolicyEnvironment,
  log: Log,
  client = databaseClient(environment),
): PolicyDependencies {
  // Many requests ask for no policy, and the schema of packs takes a tenth of a function's start.
  const store = new LatePolicyStore(async () =>
    (await import('./open-policies-table.ts')).openPoliciesTable(environment, client),
  );
  const onStale = (error: unknown) => {
    log.write('stalePolicies', { errorName: nameOf(error) });
  };
  return {
    histories: new CachedPolicyHistories(store, { onStale }),
    store,
    defaultPolicy: environment.DEFAULT_POLICY,
    now: Date.now,
  };
}
