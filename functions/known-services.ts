import { isInAnyVersion } from '../shared/domain/policy/policy-history.ts';
import { PolicyStoreUnavailable } from '../shared/domain/policy/policy-store.ts';
import type { RequestProblem } from '../shared/http/request-problem.ts';
import { unknownServices } from './fact-problems.ts';
import type { PolicyDependencies } from './policy-dependencies.ts';

/**
 * The problem that services are which no version of the default policy has; null when each is in one. For what reaches into
 * other days than today, and so into other versions: consents, and what is agreed with third parties.
 *
 * @param root pointer to what has the services as a member.
 * @throws PolicyStoreUnavailable
 */
export async function unknownInAnyVersion(
  services: readonly string[],
  root: string,
  { histories, defaultPolicy }: Pick<PolicyDependencies, 'histories' | 'defaultPolicy'>,
): Promise<RequestProblem | null> {
  const history = await histories.history(defaultPolicy);
  if (history === null) throw new PolicyStoreUnavailable('The default policy is not published.');
  const serviceIndex = { has: (code: string) => isInAnyVersion(history, code) };
  return unknownServices(services, { serviceIndex }, (index) => `${root}/services/${index}`);
}
