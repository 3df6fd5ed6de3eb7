/** A value that must not be seen anywhere, in the forms it could be written in. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  // In base64 a text looks different by where in a group of three bytes it begins; its middle is what stays.
  const encoded = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes, Buffer.alloc(2)]).toString('base64');
    const middle = text.slice(
      Math.ceil((offset * 4) / 3) + 1,
      Math.floor(((offset + bytes.length) * 4) / 3) - 1,
    );
    return [middle, middle.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const utf16 = Buffer.from(value, 'utf16le').toString('latin1');
  const escaped = [encodeURIComponent(value), asciiJson(value)];
  return [value, bytes.toString('latin1'), bytes.toString('hex'), utf16, ...escaped, ...encoded];
}

/** As JSON writers put it that keep to ASCII. */
function asciiJson(value: string): string {
  return value.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Where any of the values stands in `text`, in whatever form: the values, without the text. */
export function tracesIn(text: string, values: readonly string[]): string[] {
  return values.filter((value) => formsOf(value).some((form) => text.includes(form)));
}

/** Items as one text: all names and values, bytes as characters and as base64. */
export function textOfItems(items: readonly Record<string, unknown>[]): string {
  return items
    .flatMap((item) =>
      Object.entries(item).map(([name, value]) => {
        if (!(value instanceof Uint8Array)) return `${name} ${JSON.stringify(value)}`;
        const bytes = Buffer.from(value);
        return `${name} ${bytes.toString('latin1')} ${bytes.toString('base64')}`;
      }),
    )
    .join('\n');
}
