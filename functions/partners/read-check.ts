import { type PartnerCheckRequest, partnerCheckRequest } from '../../shared/contract/partner/request.ts';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import type { CompiledPolicy } from '../../shared/domain/policy/compiled-policy.ts';
import type { PolicyHistory } from '../../shared/domain/policy/policy-history.ts';
import { describeIssues, wordFault } from '../../shared/http/describe-issues.ts';
import { limitErrors } from '../../shared/http/limit-errors.ts';
import { refuse } from '../../shared/http/refuse.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { documentProblem, keyMentionsNumber } from '../document-problems.ts';
import type { PolicyDependencies } from '../policy-dependencies.ts';
import { requirePolicy } from '../require-policy.ts';
import { todayInShanghai } from '../today.ts';

/** A check that can be made. */
export interface ReadCheck {
  readonly body: PartnerCheckRequest;
  readonly document: CanonicalDocument;
  /** The day to answer for, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly history: PolicyHistory;
  readonly version: CompiledPolicy;
}

type Dependencies = Pick<PolicyDependencies, 'histories' | 'defaultPolicy' | 'now'>;

/**
 * Judges a check by what it says, before anything is read of the person.
 *
 * @param root pointer to it.
 * @throws RequestProblem with all that is wrong with it by itself; PolicyStoreUnavailable
 */
export async function readCheck(
  body: PartnerCheckRequest,
  root: string,
  idempotencyKey: string | null,
  { histories, defaultPolicy, now }: Dependencies,
): Promise<ReadCheck> {
  const { document, fault } = normaliseDocument(body.document);
  const found = [
    fault === undefined ? null : documentProblem(fault, root),
    document === undefined ? null : keyMentionsNumber(document, idempotencyKey),
  ];
  const asOf = body.asOf ?? todayInShanghai(now);
  const inForce = await requirePolicy(histories, defaultPolicy, { policy: null, asOf, root }).catch(
    (error: unknown) => {
      refuse(...found, error instanceof RequestProblem ? error : null);
      throw error;
    },
  );
  refuse(...found);
  return { body, document: document!, asOf, ...inForce };
}

/**
 * The same for an item of a batch, whose form was not checked yet.
 *
 * @throws RequestProblem, PolicyStoreUnavailable
 */
export async function readItem(
  item: unknown,
  root: string,
  idempotencyKey: string | null,
  dependencies: Dependencies,
): Promise<ReadCheck> {
  const { data, error } = partnerCheckRequest.safeParse(item);
  if (error === undefined) return readCheck(data, root, idempotencyKey, dependencies);
  const faults = describeIssues(error.issues, item, root);
  throw new RequestProblem('invalid-request', {
    errors: (language) => limitErrors(language, faults, (fault) => wordFault(fault, language)),
  });
}
