import type { Door } from './door.ts';

/**
 * Headers that do not depend on the request. The functions send them with every answer, the gateway with its own.
 * Nothing here is a page: the policy forbids a browser to do anything with it but read.
 */
export const securityHeaders = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
} as const;

/**
 * With every 401 (RFC 9110, 11.6.1): the schemes of all guarded doors, as the gateway refuses a credential before it is
 * known which of them it is for. A `Bearer` challenge has a parameter (RFC 6750, 3).
 */
export const challenges = 'Bearer realm="residents and staff", ApiKey realm="third parties and bureaus"';

/** What a page of another origin may send and read on the public door, which knows no credential. */
export const publicCors = {
  allowOrigin: '*',
  allowHeaders: ['Accept-Language', 'Content-Type', 'If-None-Match', 'X-Correlation-Id'],
  exposeHeaders: ['ETag', 'Retry-After', 'X-Correlation-Id', 'X-Request-Id'],
  /** Seconds a browser may remember the answer to its preflight. */
  maxAge: 7_200,
} as const;

/** The guarded doors that pages come through: web views of mini-programs, the screens of counters and operators. */
export const browserDoors = ['resident', 'counter', 'admin'] as const satisfies readonly Door[];

/** What a page of an origin that the deployment names may send and read on the doors of {@link browserDoors}. */
export const guardedCors = {
  allowHeaders: [
    'Accept-Language',
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-Match',
    'If-None-Match',
    'X-Correlation-Id',
  ],
  exposeHeaders: [
    'ETag',
    'Idempotent-Replayed',
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    'X-Correlation-Id',
    'X-Request-Id',
  ],
  /** Seconds: an origin that is taken from the list is refused by the answers at once, by preflights a little later. */
  maxAge: 600,
} as const;
