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

/** What a page of another origin may send and read on the public door, which knows no credential. */
export const publicCors = {
  allowOrigin: '*',
  allowHeaders: ['Accept-Language', 'Content-Type', 'If-None-Match', 'X-Correlation-Id'],
  exposeHeaders: ['ETag', 'Retry-After', 'X-Correlation-Id', 'X-Request-Id'],
  /** Seconds a browser may remember the answer to its preflight. */
  maxAge: 7_200,
} as const;
