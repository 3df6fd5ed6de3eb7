import { servicePath, serviceQuery, servicesQuery } from '../catalogue/request.ts';
import { serviceList, servicePage } from '../catalogue/response.ts';
import type { Route } from '../route.ts';

export const serviceRoutes = [
  {
    operationId: 'listServices',
    method: 'GET',
    path: '/v1/services',
    door: 'public',
    function: 'policies',
    scopes: [],
    tag: 'Services',
    summary: 'The published list of services',
    description: `Every service of the default policy on a day, with its authority, the routes to it, their conditions
and sources, and how to apply (国令第663号 art. 14: the list is to be published). Filter by \`category\` and \`tier\`.

**Who may call:** anyone; no credential. **Caching:** by \`ETag\`; \`If-None-Match\` answers 304.`,
    request: { query: servicesQuery },
    responses: { 200: { description: 'The services.', schema: serviceList, caching: 'revalidate' } },
    problems: ['invalid-request', 'no-policy-in-force'],
  },
  {
    operationId: 'getService',
    method: 'GET',
    path: '/v1/services/{code}',
    door: 'public',
    function: 'policies',
    scopes: [],
    tag: 'Services',
    summary: 'One service of the published list',
    description: `One service of the default policy on a day: authority, routes, conditions, sources, how to apply.

**Who may call:** anyone; no credential. **Caching:** by \`ETag\`; \`If-None-Match\` answers 304.`,
    request: { path: servicePath, query: serviceQuery },
    responses: { 200: { description: 'The service.', schema: servicePage, caching: 'revalidate' } },
    problems: ['invalid-request', 'service-not-found', 'no-policy-in-force'],
  },
] as const satisfies readonly Route[];
