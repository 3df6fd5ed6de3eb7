import { policyVersionPath } from '../policies/request.ts';
import { policyList, policyVersionPage } from '../policies/response.ts';
import type { Route } from '../route.ts';

export const policyRoutes = [
  {
    operationId: 'listPolicies',
    method: 'GET',
    path: '/v1/policies',
    door: 'public',
    function: 'policies',
    scopes: [],
    tag: 'Policies',
    summary: 'The published policies and their versions',
    description: `Every policy with its versions: the period each is in force (both days included), its digest and when it
was published. Versions are only ever added.

**Who may call:** anyone; no credential. **Caching:** by \`ETag\`; \`If-None-Match\` answers 304.`,
    request: {},
    responses: { 200: { description: 'The policies.', schema: policyList, caching: 'revalidate' } },
    problems: [],
  },
  {
    operationId: 'getPolicyVersion',
    method: 'GET',
    path: '/v1/policies/{id}/versions/{version}',
    door: 'public',
    function: 'policies',
    scopes: [],
    tag: 'Policies',
    summary: 'A whole policy pack with its digest',
    description: `The pack as it was published, with its digest: anyone can check by it that an answer was given under
these rules and no others.

**Who may call:** anyone; no credential. **Caching:** a version never changes.`,
    request: { path: policyVersionPath },
    responses: { 200: { description: 'The pack.', schema: policyVersionPage, caching: 'immutable' } },
    problems: ['policy-version-not-found'],
  },
] as const satisfies readonly Route[];
