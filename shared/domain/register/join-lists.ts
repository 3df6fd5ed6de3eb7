/**
 * The union of lists that are each sorted by their keys, in the order of UTF-16 code units: sorted, each key in it once;
 * null where there is no list. Where a key comes again, `combine` makes one item of two; it must not matter to it which
 * comes first, nor how often.
 */
export function joinLists<Item>(
  lists: readonly (readonly Item[] | undefined)[],
  keyOf: (item: Item) => string,
  combine: (a: Item, b: Item) => Item = (item) => item,
): Item[] | null {
  let joined: Item[] | null = null;
  for (const list of lists) {
    if (list === undefined) continue;
    if (joined === null) joined = [...list];
    else for (const item of list) insert(joined, item, keyOf, combine);
  }
  return joined;
}

function insert<Item>(
  sorted: Item[],
  item: Item,
  keyOf: (item: Item) => string,
  combine: (a: Item, b: Item) => Item,
): void {
  const key = keyOf(item);
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const found = keyOf(sorted[middle]!);
    if (found === key) {
      sorted[middle] = combine(sorted[middle]!, item);
      return;
    }
    if (found < key) from = middle + 1;
    else to = middle;
  }
  sorted.splice(from, 0, item);
}
