/** Three years, one of them a leap year: how long records of provision are kept (NDSR art. 12, PIPL art. 56). */
const keptSeconds = (3 * 365 + 1) * 86_400;

/** Epoch seconds after which DynamoDB deletes what is kept for three years from an RFC 3339 instant on. */
export function threeYearsAfter(instant: string): number {
  return Math.floor(Date.parse(instant) / 1_000) + keptSeconds;
}
