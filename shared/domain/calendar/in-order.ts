/** Up to so many are sorted by insertion: most lists of a life are short, and come in order or in the reverse order. */
const SHORT = 32;

/** Numbers in order, the least first. A loop beside that of `byStart`: one that asks for the number of each item takes longer than both. */
export function inOrder<T extends number>(numbers: readonly T[]): T[] {
  const sorted = numbers.slice();
  if (sorted.length > SHORT) return sorted.sort((a, b) => a - b);
  for (let next = 1; next < sorted.length; next++) {
    const number = sorted[next]!;
    let at = next;
    for (; at > 0 && sorted[at - 1]! > number; at--) sorted[at] = sorted[at - 1]!;
    sorted[at] = number;
  }
  return sorted;
}

/** Spans of time in the order in which they begin; those that begin together stay as they came. */
export function byStart<T extends { readonly from: number }>(spans: readonly T[]): T[] {
  const sorted = spans.slice();
  if (sorted.length > SHORT) return sorted.sort((a, b) => a.from - b.from);
  for (let next = 1; next < sorted.length; next++) {
    const span = sorted[next]!;
    let at = next;
    for (; at > 0 && sorted[at - 1]!.from > span.from; at--) sorted[at] = sorted[at - 1]!;
    sorted[at] = span;
  }
  return sorted;
}
