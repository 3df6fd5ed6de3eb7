import type { ProblemCode } from './problems.ts';

/**
 * The problem that stands for each answer Amazon API Gateway makes by itself (its "gateway response types"), before or
 * instead of a function. The gateway cannot negotiate the language: these speak to people in all of them.
 */
export const gatewayProblems = {
  ACCESS_DENIED: 'forbidden',
  API_CONFIGURATION_ERROR: 'internal-error',
  AUTHORIZER_CONFIGURATION_ERROR: 'internal-error',
  // The authorizer fails when it cannot tell whether a credential is good: a store or an issuer does not answer.
  AUTHORIZER_FAILURE: 'unavailable',
  BAD_REQUEST_BODY: 'malformed-body',
  BAD_REQUEST_PARAMETERS: 'malformed-request',
  DEFAULT_4XX: 'malformed-request',
  DEFAULT_5XX: 'internal-error',
  EXPIRED_TOKEN: 'unauthorized',
  INTEGRATION_FAILURE: 'unavailable',
  INTEGRATION_TIMEOUT: 'unavailable',
  INVALID_API_KEY: 'unauthorized',
  INVALID_SIGNATURE: 'unauthorized',
  // What the gateway answers to a path or method it does not have, under a name of its own.
  MISSING_AUTHENTICATION_TOKEN: 'route-not-found',
  QUOTA_EXCEEDED: 'too-many-requests',
  REQUEST_TOO_LARGE: 'payload-too-large',
  RESOURCE_NOT_FOUND: 'route-not-found',
  THROTTLED: 'too-many-requests',
  UNAUTHORIZED: 'unauthorized',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported-media-type',
  WAF_FILTERED: 'forbidden',
} as const satisfies Record<string, ProblemCode>;

export type GatewayResponseType = keyof typeof gatewayProblems;
