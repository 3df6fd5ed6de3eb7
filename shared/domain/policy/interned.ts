/**
 * The same value, of those that JSON has, with its texts as the runtime keeps the words and names of code (but for texts that
 * spell a whole number, which are no names to it). Two of them are compared, and looked for among the names of an object, by
 * their address; one that was read from a file letter by letter.
 */
export function interned<T>(value: T): T {
  if (typeof value === 'string') return Object.keys({ [value]: null })[0] as T;
  if (Array.isArray(value)) return value.map(interned) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, interned(member)])) as T;
}
