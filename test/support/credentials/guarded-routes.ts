import * as z from 'zod/mini';
import type { Route } from '../../../shared/contract/route.ts';

type Guard = Pick<Route, 'method' | 'path' | 'door' | 'scopes'>;

/** Operations behind every guarded door and one before them all, with parameters that others hide behind. */
export const guards = [
  { method: 'GET', path: '/v1/services', door: 'public', scopes: [] },
  { method: 'GET', path: '/v1/me/record', door: 'resident', scopes: ['me:read'] },
  { method: 'GET', path: '/v1/me/eligibility', door: 'resident', scopes: ['me:read'] },
  { method: 'POST', path: '/v1/counter/checks', door: 'counter', scopes: ['counter:check'] },
  { method: 'GET', path: '/v1/decisions/{id}', door: 'counter', scopes: ['decisions:read'] },
  { method: 'POST', path: '/v1/decisions/{id}/replay', door: 'counter', scopes: ['decisions:replay'] },
  { method: 'GET', path: '/v1/decisions/{id}/notes', door: 'admin', scopes: ['admin:partners'] },
  { method: 'POST', path: '/v1/partner/checks', door: 'partner', scopes: ['partner:check'] },
  { method: 'POST', path: '/v1/registry/events', door: 'registry', scopes: ['registry:write'] },
  { method: 'GET', path: '/v1/admin/partners', door: 'admin', scopes: ['admin:partners'] },
  { method: 'DELETE', path: '/v1/admin/partners/{id}/keys/{key}', door: 'admin', scopes: ['admin:partners'] },
  { method: 'PUT', path: '/v1/admin/drafts/{id}', door: 'admin', scopes: ['policies:edit'] },
  {
    method: 'POST',
    path: '/v1/admin/drafts/{id}/merge',
    door: 'admin',
    scopes: ['policies:edit', 'policies:approve'],
  },
] as const satisfies readonly Guard[];

/** The same as whole routes, for a gateway: all are served by one function and answer anything. */
export const guardedRoutes: readonly Route[] = guards.map((guard) => ({
  ...guard,
  operationId: `${guard.method}${guard.path}`,
  function: 'eligibility',
  tag: '',
  summary: '',
  description: '',
  request: {},
  responses: { 200: { description: '', schema: z.unknown(), caching: 'no-store' } },
  problems: [],
}));
