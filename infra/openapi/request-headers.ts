import * as z from 'zod/mini';
import { documented } from '../../shared/contract/documented.ts';
import type { Route } from '../../shared/contract/route.ts';

/** A request header that may be sent, kept once among the components. */
const optional = (id: string, description: string, example: string) =>
  z.optional(z.string()).apply(documented, { description, examples: [example], param: { id } });

const commonHeaders = {
  'Accept-Language': optional('AcceptLanguage', '`zh-CN` (default) or `en`, weighed as in RFC 9110.', 'en'),
  'X-Correlation-Id': optional(
    'CorrelationId',
    "The caller's own id of what the request belongs to; never a person's number. It comes back on the answer; one that can be a number or a phone of a person does not, and is not kept.",
    'case-7f3a',
  ),
};

const ifNoneMatch = optional('IfNoneMatch', 'The `ETag` the caller has.', 'W/"mXJ0xkcVYV4X1n2k3b0h1A"');

const idempotencyKey = optional(
  'IdempotencyKey',
  "The caller's own key for what the request creates, quoted or bare, 1 to 255 visible ASCII characters. The same key with the same request gives the first answer again, with `Idempotent-Replayed: true`; with another request it is 422. Kept for 24 hours at least.",
  'b7f6e2a0-5a54-4f37-9d0b-2f6f0c1d9a11',
);

/** The headers an operation looks at, besides those that describe a body. */
export function requestHeaders(route: Route): z.ZodMiniObject {
  const cacheable = Object.values(route.responses).some(({ caching }) => caching !== 'no-store');
  return z.object({
    ...commonHeaders,
    ...(cacheable && { 'If-None-Match': ifNoneMatch }),
    ...(route.request.idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
  });
}
