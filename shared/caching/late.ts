/**
 * Opens something when it is first asked for, and once; a failure is not kept, so that the next to ask tries again.
 * For what is imported no sooner than it is needed.
 */
export function late<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | null = null;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
}
