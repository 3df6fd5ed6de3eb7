import type { CompiledPolicy } from '../policy/compiled-policy.ts';
import type { PolicyHistory } from '../policy/policy-history.ts';
import type { Decision } from './decision.ts';

/** What a decision remembers of the policy: the version it was made under, and all that were published then. */
export function decisionPolicy(history: PolicyHistory, inForce: CompiledPolicy): Decision['policy'] {
  return {
    id: history.id,
    version: inForce.pack.version,
    digest: inForce.digest,
    published: history.versions.map(({ pack, digest }) => ({ version: pack.version, digest })),
  };
}
