/**
 * The canonical JSON of a value (RFC 8785): equal values have the same text, in whatever order their members were
 * written. What is digested, signed or compared years later is this text.
 *
 * The product's own, because it is on the way of every decision and there are 200 KB of them: the library a test holds it
 * against goes through every character in JavaScript. Members that are `undefined` are left out, as JSON leaves them out.
 *
 * @throws TypeError for what JSON cannot say: a number that is not finite, half of a surrogate pair, a function.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('JSON has no number that is not finite');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value) : members(value as Readonly<Record<string, unknown>>);
    default:
      throw new TypeError(`JSON has no ${typeof value}`);
  }
}

function list(values: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < values.length; index++) {
    text += index === 0 ? canonicalJson(values[index]) : `,${canonicalJson(values[index])}`;
  }
  return `${text}]`;
}

/** In the order of the UTF-16 code units of their names, which is that of `sort` (section 3.2.3). */
function members(object: Readonly<Record<string, unknown>>): string {
  let text = '{';
  for (const name of Object.keys(object).sort()) {
    const value = object[name];
    if (value === undefined) continue;
    text += `${text === '{' ? '' : ','}${quoted(name)}:${canonicalJson(value)}`;
  }
  return `${text}}`;
}

/** Stands in JSON as it is: all but quotation marks, backslashes, control characters, and the halves of surrogate pairs. */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('JSON has no half of a surrogate pair');
  return JSON.stringify(text);
}
