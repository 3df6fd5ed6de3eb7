import { errorCatalogue, openApiDocument, status } from '../meta/response.ts';
import type { Route } from '../route.ts';

export const metaRoutes = [
  {
    operationId: 'getStatus',
    method: 'GET',
    path: '/v1/status',
    door: 'public',
    function: 'policies',
    scopes: [],
    tag: 'About',
    summary: 'Whether the API can answer, and with what',
    description: `Version of the API and of the engine, and the policy versions in force today, read afresh from the store:
503 when it does not answer. For monitoring; no credential.`,
    request: {},
    responses: { 200: { description: 'All is well.', schema: status, caching: 'no-store' } },
    problems: [],
  },
  {
    operationId: 'listErrors',
    method: 'GET',
    path: '/v1/errors',
    door: 'public',
    function: 'policies',
    scopes: [],
    tag: 'About',
    summary: 'Every error code, in Chinese and English',
    description: `The catalogue of problems: code, status, title, message for the user, what to do about it, and whether
trying again can help. The \`type\` of every problem leads here. For those who write clients; no credential.`,
    request: {},
    responses: { 200: { description: 'The problems.', schema: errorCatalogue, caching: 'revalidate' } },
    problems: [],
  },
  {
    operationId: 'getOpenApi',
    method: 'GET',
    path: '/v1/openapi.json',
    door: 'public',
    function: 'policies',
    scopes: [],
    tag: 'About',
    summary: 'This document',
    description:
      'The OpenAPI 3.1 description of the API, generated from the schemas that check its requests.',
    request: {},
    responses: { 200: { description: 'OpenAPI 3.1.', schema: openApiDocument, caching: 'revalidate' } },
    problems: [],
  },
] as const satisfies readonly Route[];
