const secondsOfDay = 86_400;

/** What is left of a day's allowance, and when there is a new one. */
export interface DailyLimit {
  readonly limit: number;
  /** May be more than the limit, where that was lowered in between. */
  readonly used: number;
  /** Whole seconds until the day is over; 1 or more. */
  readonly resetSeconds: number;
}

/**
 * `RateLimit` and `RateLimit-Policy` of a limit a day, as draft-ietf-httpapi-ratelimit-headers has them: `r` left, `t` seconds
 * until it is whole again; `q` in `w` seconds.
 */
export function rateLimitHeaders({ limit, used, resetSeconds }: DailyLimit): Record<string, string> {
  return {
    RateLimit: `"day";r=${Math.max(0, limit - used)};t=${resetSeconds}`,
    'RateLimit-Policy': `"day";q=${limit};w=${secondsOfDay}`,
  };
}
