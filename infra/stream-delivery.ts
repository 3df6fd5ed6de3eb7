/**
 * How the changes of a table reach the stream function: set on Lambda's event source mapping, and kept to by its
 * stand-in on one machine.
 */
export const streamDelivery = {
  /** Records a batch at most; a multiple of what the function tells in one piece. */
  batchSize: 100,
  /** Seconds a batch may wait for more records. */
  maxBatchingWindowSeconds: 1,
  /**
   * How often a batch that failed is tried again before it goes to the dead letters. The function itself waits for a
   * store that does not answer, up to a minute a try, so this is about a quarter of an hour; a record that cannot be
   * read fails at once and is given up on within a minute or two.
   */
  retries: 20,
  functionTimeoutSeconds: 60,
} as const;
