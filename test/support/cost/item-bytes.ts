/**
 * The size of an item as DynamoDB counts it: names and values in UTF-8, binary as it is, a number about half a byte a digit, one byte
 * for null and booleans, three for a list or map and one for each of its members.
 */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).replace(/\D/g, '').length / 2) + 1;
  if (value instanceof Uint8Array) return value.byteLength;
  if (value === null || typeof value === 'boolean') return 1;
  if (Array.isArray(value)) return 3 + value.reduce<number>((sum, one) => sum + 1 + valueBytes(one), 0);
  const members = Object.entries(value as object);
  return 3 + members.reduce((sum, [name, one]) => sum + Buffer.byteLength(name) + 1 + valueBytes(one), 0);
}
