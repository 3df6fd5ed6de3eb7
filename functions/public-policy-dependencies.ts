import { late } from '../shared/caching/late.ts';
import { nameOf } from '../shared/observability/describe-error.ts';
import type { Log } from '../shared/observability/log.ts';
import { CachedPolicyHistories } from '../shared/stores/cached-policy-histories.ts';
import { DeployedPolicies } from '../shared/stores/deployed-policies.ts';
import { DeployedPolicyHistories } from '../shared/stores/deployed-policy-histories.ts';
import { LatePolicyStore } from '../shared/stores/late-policy-store.ts';
import type { PolicyDependencies, PolicyEnvironment } from './policy-dependencies.ts';

/**
 * The dependencies of a running function that needs nothing but policies: it starts without the AWS SDK and answers from
 * the packs it was deployed with, where the policies table has no others (deployed-policy-histories.ts).
 */
export function publicPolicyDependencies(environment: PolicyEnvironment, log: Log): PolicyDependencies {
  const store = new LatePolicyStore(async () =>
    (await import('./open-policies-table.ts')).openPoliciesTable(environment),
  );
  let deployed: DeployedPolicies | undefined;
  // A tenth of all that the function needs for its first answer, and for nothing before.
  const openDeployed = late(async () => {
    deployed = new DeployedPolicies((await import('./deployed-packs.ts')).deployedPacks);
    return deployed;
  });
  const onStale = (error: unknown) => {
    log.write('stalePolicies', { errorName: nameOf(error) });
  };
  const published = new CachedPolicyHistories(store, {
    onStale,
    known: (digest) => deployed?.compiled(digest),
  });
  return {
    histories: new DeployedPolicyHistories(openDeployed, published, {
      onUnanswered: onStale,
      onUnpublished: ({ policy, version, digest }) => {
        log.write('deployedPackNotPublished', { policy, version, digest });
      },
    }),
    store,
    defaultPolicy: environment.DEFAULT_POLICY,
    now: Date.now,
  };
}
