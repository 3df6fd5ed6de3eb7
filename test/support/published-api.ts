import type { APIGatewayProxyResult } from 'aws-lambda';
import { eligibilityOperations } from '../../functions/eligibility/routes.ts';
import { policiesOperations } from '../../functions/policies/routes.ts';
import { readPolicyProblem } from '../../functions/policy-problems.ts';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import { createApi } from '../../shared/http/create-api.ts';
import { CachedPolicyHistories } from '../../shared/stores/cached-policy-histories.ts';
import { MemoryPolicyStore } from './memory-policy-store.ts';
import { jsonPost, lambdaContext, type ProxyRequest, proxyEvent } from './proxy-event.ts';
import { recordingObservers } from './recording-log.ts';

export interface PublishedApiOptions {
  readonly packs: readonly Pack[];
  readonly defaultPolicy: string;
  /** The instant it is, RFC 3339. */
  readonly now?: string;
}

/** The functions as they are deployed, over published packs in memory and a clock that stands still. */
export async function publishedApi({
  packs,
  defaultPolicy,
  now = '2024-06-01T04:00:00Z',
}: PublishedApiOptions) {
  const store = new MemoryPolicyStore();
  await store.seed(...packs);
  const clock = () => Date.parse(now);
  const histories = new CachedPolicyHistories(store, { maxAgeMilliseconds: 0, maxStaleMilliseconds: -1 });
  const dependencies = { histories, store, defaultPolicy, now: clock };
  const observers = recordingObservers();
  const shared = { readProblem: readPolicyProblem, ...observers };
  const eligibility = createApi({
    name: 'eligibility',
    operations: eligibilityOperations(dependencies),
    ...shared,
  });
  const policies = createApi({ name: 'policies', operations: policiesOperations(dependencies), ...shared });
  return {
    store,
    ...observers,
    eligibility,
    evaluate: async (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      read(await eligibility(jsonPost('/v1/evaluations', JSON.stringify(body), headers), lambdaContext())),
    get: async (resource: string, request: Omit<ProxyRequest, 'resource'> = {}) =>
      read(await policies(proxyEvent({ resource, ...request }), lambdaContext())),
  };
}

function read(answer: APIGatewayProxyResult) {
  const json = answer.body === '' ? null : JSON.parse(answer.body);
  return { status: answer.statusCode, headers: answer.headers ?? {}, text: answer.body, json };
}
