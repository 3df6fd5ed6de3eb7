import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject } from 'zod-openapi';
import type { Route } from '../../shared/contract/route.ts';
import { routes } from '../../shared/contract/routes.ts';
import { exampleAnswers } from './example-answers.ts';
import { type ContractExample, readExamples } from './examples.ts';
import { introduction, tags } from './prose.ts';
import { requestHeaders } from './request-headers.ts';
import { responsesOf } from './responses.ts';
import { securityOf, securitySchemesOf } from './security.ts';

/**
 * The OpenAPI 3.1 description of the API, made from the route table, the schemas of the wire, the problem catalogue
 * and, for the examples of answers, the product itself.
 *
 * @param version of the API.
 */
export async function openApiDocument(version: string, table: readonly Route[] = routes) {
  const requests = readExamples();
  const examples = [...requests, ...(await exampleAnswers(requests))];
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of table) {
    paths[route.path] ??= {};
    paths[route.path]![route.method.toLowerCase()] = operation(route, examples);
  }
  const description: ZodOpenApiObject = {
    openapi: '3.1.1',
    info: {
      title: 'Residence-permit eligibility',
      version,
      summary: 'Who may use which public service by residence permit, years of residence and insurance.',
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The server that serves this document.' }],
    tags: [...tags],
    components: { securitySchemes: securitySchemesOf(table) },
    paths,
  };
  return createDocument(description, { outputIdSuffix: '' });
}

function operation(route: Route, examples: readonly ContractExample[]): ZodOpenApiOperationObject {
  const own = examples.filter(({ operationId }) => operationId === route.operationId);
  const { path, query, body, describedBody = body } = route.request;
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: route.description,
    security: securityOf(route),
    requestParams: { ...(path && { path }), ...(query && { query }), header: requestHeaders(route) },
    ...(describedBody && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: describedBody,
            examples: Object.fromEntries(
              own
                .filter(({ of }) => of === 'request')
                .map(({ name, summary, value }) => [name, { summary, value }]),
            ),
          },
        },
      },
    }),
    responses: responsesOf(route, own),
  };
}
