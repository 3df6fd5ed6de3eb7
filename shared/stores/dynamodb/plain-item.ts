import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * An item as the document client gives it: the one that comes with a refused condition is not translated by it. For items of
 * texts, numbers, bytes and nulls, and no others.
 */
export function plainItem(item: Readonly<Record<string, AttributeValue>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([name, { S, N, B, NULL }]) => [
      name,
      NULL === true ? null : N === undefined ? (S ?? B) : Number(N),
    ]),
  );
}
