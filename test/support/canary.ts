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
  return [value, bytes.toString('latin1'), bytes.toString('hex'), utf16, ...encoded];
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
