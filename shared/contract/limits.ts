/**
 * What a request may weigh. The gateway stand-in, the function and the documents all read these.
 */
export const limits = {
  /** A body may have this many bytes; one more is 413. */
  bodyBytes: 262_144,
  /** Objects and arrays inside each other, the outermost counted. Deeper is 400: nothing in the contract goes past 7. */
  depth: 16,
  /** Object members and array elements in a whole body; 256 KB of sensible facts stay well below. */
  values: 30_000,
  /** Parameters of a query, repeated ones counted each; no operation has more than a handful. One more is 400. */
  queryParameters: 32,
  /** Problems listed in one answer; how many more there were is said in its last entry. */
  reportedErrors: 100,
  /** Answers to third parties leave at whole multiples of so many milliseconds, so that their time tells nothing. */
  partnerAnswerMilliseconds: 200,
  /** Seconds after which a request that was held back, or could not be served, is worth another try. */
  retryAfterSeconds: 1,
} as const;
