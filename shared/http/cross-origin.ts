import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Door } from '../contract/door.ts';
import { browserDoors, guardedCors, publicCors, securityHeaders } from '../contract/headers.ts';
import type { FunctionName } from '../contract/route.ts';
import { routes } from '../contract/routes.ts';
import { header } from './header.ts';

/**
 * What tells a browser whether the page that asked may read the answer. On the public door any may. On the doors of
 * {@link browserDoors} an origin of the list is told its own name, and `Vary` says that others get another answer. Third
 * parties and feeds are programs: nothing is said to them.
 *
 * @param origin the request's `Origin`.
 */
export function crossOriginHeaders(
  door: Door,
  origin: string | undefined,
  allowed: readonly string[],
): Record<string, string> {
  if (door === 'public') {
    return {
      'Access-Control-Allow-Origin': publicCors.allowOrigin,
      'Access-Control-Expose-Headers': publicCors.exposeHeaders.join(', '),
    };
  }
  if (!isBrowserDoor(door)) return {};
  const varying = { Vary: 'Accept-Language, Origin' };
  if (origin === undefined || !allowed.includes(origin)) return varying;
  return {
    ...varying,
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': guardedCors.exposeHeaders.join(', '),
  };
}

/**
 * Answers the question a browser asks before it lets a page send a credential (a preflight: `OPTIONS` with `Origin` and
 * `Access-Control-Request-Method`), for pages of the list on paths of {@link browserDoors}. Null for everything else, which goes
 * its way and comes to 405. The gateway answers those of the public door by itself.
 */
export function answerPreflight(
  name: FunctionName,
  event: APIGatewayProxyEvent,
  allowed: readonly string[],
): APIGatewayProxyResult | null {
  if (event.httpMethod !== 'OPTIONS') return null;
  const origin = header(event, 'origin');
  const asked = header(event, 'access-control-request-method');
  if (origin === undefined || asked === undefined || !allowed.includes(origin)) return null;
  const ofPath = routes.filter((route) => route.function === name && route.path === event.resource);
  if (ofPath.length === 0 || !ofPath.every(({ door }) => isBrowserDoor(door))) return null;
  return {
    statusCode: 204,
    headers: {
      ...securityHeaders,
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': ofPath.map(({ method }) => method).join(','),
      'Access-Control-Allow-Headers': guardedCors.allowHeaders.join(','),
      'Access-Control-Max-Age': String(guardedCors.maxAge),
      'Cache-Control': 'no-store',
      Vary: 'Origin',
      'X-Request-Id': event.requestContext.requestId,
    },
    body: '',
  };
}

function isBrowserDoor(door: Door): boolean {
  return browserDoors.some((candidate) => candidate === door);
}
