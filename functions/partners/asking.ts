import type { CallerOf } from '../../shared/contract/caller.ts';
import { randomDecisionId, repeatableDecisionId } from '../../shared/domain/decisions/decision-id.ts';
import type { PartnerTerms, PartnerTermsReader } from '../../shared/domain/partners/partner-terms.ts';
import type { ProblemReader } from '../../shared/http/report-problem.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import type { PolicyDependencies } from '../policy-dependencies.ts';
import type { AllowanceDependencies } from './allowance.ts';
import type { Pace } from './held-back.ts';
import type { CheckDependencies } from './make-check.ts';

/** What the operations of third parties need of the world; tests hand in their own. */
export interface PartnersDependencies
  extends Pick<PolicyDependencies, 'histories' | 'defaultPolicy' | 'now'>,
    AllowanceDependencies,
    CheckDependencies {
  readonly terms: PartnerTermsReader;
  readonly pace: Pace;
  /** Reads what the stores throw: an item of a batch fails by itself. */
  readonly readProblem: ProblemReader;
}

/** @throws RequestProblem 403 for a third party nothing was agreed with: it may ask nothing. */
export async function termsOf(
  { partner }: CallerOf<'partner'>,
  { terms }: Pick<PartnersDependencies, 'terms'>,
): Promise<PartnerTerms> {
  const agreed = await terms.termsOf(partner);
  if (agreed === null) throw new RequestProblem('forbidden');
  return agreed;
}

/** The id of a check: its caller's and its key's, where there is one, and nobody's guess otherwise. */
export function decisionIdOf(
  caller: CallerOf<'partner'>,
  operationId: string,
  idempotencyKey: string | null,
  { randomBytes }: Pick<PartnersDependencies, 'randomBytes'>,
): string {
  return idempotencyKey === null
    ? randomDecisionId(randomBytes(24))
    : repeatableDecisionId(caller, operationId, idempotencyKey);
}
