interface Page {
  readonly Items?: Record<string, unknown>[] | undefined;
  readonly LastEvaluatedKey?: Record<string, unknown> | undefined;
}

/**
 * The items of a query or a scan, page after page; a page is read when those before it are used up.
 *
 * @param readPage sends the command, from the key on that the page before ended at. What it throws is thrown.
 */
export async function* itemsOfPages(
  readPage: (startKey: Record<string, unknown> | undefined) => Promise<Page>,
): AsyncGenerator<Record<string, unknown>> {
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await readPage(startKey);
    yield* page.Items ?? [];
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined);
}
