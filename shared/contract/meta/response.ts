import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { policyReference } from '../evaluation/response.ts';

/** The 200 of `GET /v1/status`. */
export const status = z
  .strictObject({
    status: z.literal('ok'),
    version: z.string().apply(documented, { description: 'Version of this API.' }),
    engine: z.string().apply(documented, { description: 'Version of the engine that evaluates policies.' }),
    policies: z
      .array(policyReference)
      .apply(documented, { description: 'For each policy, the version in force today.' }),
  })
  .apply(documented, { id: 'Status' });

const texts = z.strictObject({ 'zh-CN': z.string(), en: z.string() });

/** The 200 of `GET /v1/errors`. */
export const errorCatalogue = z
  .strictObject({
    problems: z.array(
      z.strictObject({
        code: z.string(),
        type: z.string(),
        status: z.int(),
        retryable: z.boolean(),
        title: texts,
        userMessage: texts,
        remedy: texts.apply(documented, { description: 'What to change about the request.' }),
      }),
    ),
    errors: z
      .array(z.strictObject({ code: z.string(), detail: texts }))
      .apply(documented, { description: 'The codes that can stand in the `errors` of a problem.' }),
  })
  .apply(documented, { id: 'ErrorCatalogue' });

/** The 200 of `GET /v1/openapi.json`. */
export const openApiDocument = z
  .looseObject({ openapi: z.string(), info: z.looseObject({ title: z.string(), version: z.string() }) })
  .apply(documented, { id: 'OpenApiDocument', description: 'This document.' });
