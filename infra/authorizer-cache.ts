/**
 * Seconds for which the gateway answers the same `Authorization` header by the policy it was given, without asking the
 * authorizer. It bounds, with nothing to add, how long a key goes on after it was revoked, and how long a token does
 * after it expired: at most 60 seconds are promised.
 */
export const authorizerCacheSeconds = 30;
