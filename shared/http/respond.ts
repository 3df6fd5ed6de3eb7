import type { APIGatewayProxyResult } from 'aws-lambda';
import { securityHeaders } from '../contract/headers.ts';
import type { Caching } from '../contract/route.ts';
import { crossOriginHeaders } from './cross-origin.ts';
import { entityTag, matchesEntityTag } from './etag.ts';
import type { Exchange, Step } from './exchange.ts';
import { header } from './header.ts';

const cacheControl = {
  'no-store': 'no-store',
  revalidate: 'public, max-age=30, must-revalidate',
  immutable: 'public, max-age=86400, immutable',
} as const satisfies Record<Caching, string>;

/**
 * Puts on every answer, problems too, the headers that every answer has; answers 304 where the caller has it already.
 *
 * @param allowedOrigins whose pages may read answers of guarded doors.
 */
export function respond(allowedOrigins: readonly string[]): Step {
  return {
    before: ({ event, internal }) => {
      internal.ifNoneMatch = header(event, 'if-none-match');
      internal.origin = header(event, 'origin');
    },
    after: (request) => {
      if (request.response) request.response = complete(request.response, request.internal, allowedOrigins);
    },
    onError: (request) => {
      if (request.response) request.response = complete(request.response, request.internal, allowedOrigins);
    },
  };
}

function complete(
  response: APIGatewayProxyResult,
  exchange: Exchange,
  allowedOrigins: readonly string[],
): APIGatewayProxyResult {
  const caching = cachingOf(response, exchange);
  const headers: Record<string, boolean | number | string> = {
    ...securityHeaders,
    'Cache-Control': cacheControl[caching],
    'Content-Language': exchange.language,
    Vary: 'Accept-Language',
    'X-Request-Id': exchange.requestId,
    ...(exchange.correlationId === null ? {} : { 'X-Correlation-Id': exchange.correlationId }),
    // Without a route there is no credential in play either: an unknown path may be told to anyone.
    ...crossOriginHeaders(exchange.route?.door ?? 'public', exchange.origin, allowedOrigins),
    ...response.headers,
  };
  if (caching === 'no-store') return { ...response, headers };

  const tag = entityTag(response.body);
  headers.ETag = tag;
  if (!matchesEntityTag(exchange.ifNoneMatch, tag)) return { ...response, headers };
  delete headers['Content-Type'];
  return { statusCode: 304, headers, body: '' };
}

function cachingOf({ statusCode }: APIGatewayProxyResult, { route }: Exchange): Caching {
  const responses: Readonly<Record<number, { readonly caching: Caching }>> = route?.responses ?? {};
  return responses[statusCode]?.caching ?? 'no-store';
}
