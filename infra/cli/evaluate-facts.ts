import { randomUUID } from 'node:crypto';
import { eligibilityOperations } from '../../functions/eligibility/routes.ts';
import { policyEnvironment } from '../../functions/policy-environment.ts';
import { readPolicyProblem } from '../../functions/policy-problems.ts';
import type { Language } from '../../shared/contract/language.ts';
import type { ProblemBody } from '../../shared/contract/problem-body.ts';
import type { PolicyHistories } from '../../shared/domain/policy/policy-histories.ts';
import type { PolicyHistory } from '../../shared/domain/policy/policy-history.ts';
import { createApi } from '../../shared/http/create-api.ts';
import { unobserved } from '../../shared/observability/unobserved.ts';
import { lambdaContext } from '../local/gateway/function-instances.ts';
import { proxyEvent } from '../local/gateway/proxy-event.ts';

export type FactsAnswer =
  /** `json` is the body of the API's answer, to the byte. */
  { readonly ok: true; readonly json: string } | { readonly ok: false; readonly problem: ProblemBody };

/** Nothing here waits for anything, so that this is never reached. */
const timeoutMilliseconds = 60_000;

/**
 * Answers a body of `POST /v1/evaluations` as the API does, through the same chain and operation, but from policies
 * at hand instead of published ones.
 *
 * @param defaultPolicy `DEFAULT_POLICY` of the environment; absent, as where the API's is.
 */
export async function evaluateFacts(
  body: string,
  histories: ReadonlyMap<string, PolicyHistory>,
  defaultPolicy: string | undefined,
  language: Language,
): Promise<FactsAnswer> {
  const handler = createApi({
    name: 'eligibility',
    operations: eligibilityOperations({
      histories: policiesAtHand(histories),
      defaultPolicy: policyEnvironment.DEFAULT_POLICY.parse(defaultPolicy),
      now: Date.now,
    }),
    readProblem: readPolicyProblem,
    ...unobserved,
  });
  const requestId = randomUUID();
  const event = proxyEvent({
    request: {
      method: 'POST',
      httpVersion: '1.1',
      rawHeaders: ['Content-Type', 'application/json', 'Accept-Language', language],
      sourceIp: '',
    },
    matched: { resource: '/v1/evaluations', pathParameters: null },
    path: '/v1/evaluations',
    query: '',
    body: Buffer.from(body),
    requestId,
    receivedAt: Date.now(),
  });
  const result = await handler(event, lambdaContext('eligibility', requestId, timeoutMilliseconds));
  return result.statusCode === 200
    ? { ok: true, json: result.body }
    : { ok: false, problem: JSON.parse(result.body) as ProblemBody };
}

function policiesAtHand(histories: ReadonlyMap<string, PolicyHistory>): PolicyHistories {
  return {
    history: async (policy) => histories.get(policy) ?? null,
    list: async () => [],
  };
}
