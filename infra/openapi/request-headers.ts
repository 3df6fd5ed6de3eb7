import * as z from 'zod';
import type { Route } from '../../shared/contract/route.ts';

/** A request header that may be sent, kept once among the components. */
const optional = (id: string, description: string, example: string) =>
  z
    .string()
    .optional()
    .meta({ description, examples: [example], param: { id } });

const commonHeaders = {
  'Accept-Language': optional('AcceptLanguage', '`zh-CN` (default) or `en`, weighed as in RFC 9110.', 'en'),
  'X-Correlation-Id': optional(
    'CorrelationId',
    "The caller's own id of what the request belongs to; never a person's number. It comes back on the answer.",
    'case-7f3a',
  ),
};

const ifNoneMatch = optional('IfNoneMatch', 'The `ETag` the caller has.', 'W/"mXJ0xkcVYV4X1n2k3b0h1A"');

/** The headers an operation looks at, besides those that describe a body. */
export function requestHeaders(route: Route): z.ZodObject {
  const cacheable = Object.values(route.responses).some(({ caching }) => caching !== 'no-store');
  return z.object({ ...commonHeaders, ...(cacheable && { 'If-None-Match': ifNoneMatch }) });
}
