import { isUtf8 } from 'node:buffer';

/** One line of a file without its end, by the number a person would call it by, from 1; or why it cannot be read. */
export type TextLine = { readonly line: number } & (
  | { readonly text: string; readonly fault?: never }
  | { readonly text?: never; readonly fault: 'too-many-bytes' | 'not-utf-8' }
);

const NEWLINE = 0x0a;

/**
 * The lines of a file as its bytes come in. A carriage return before the newline and a byte order mark at the beginning
 * are dropped; lines may be empty; an end without a newline is a line.
 *
 * @param limitBytes a longer line is reported by its number alone: no file can fill the memory.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  limitBytes: number,
): AsyncGenerator<TextLine> {
  let line = 1;
  let held: Uint8Array[] = [];
  let bytes = 0;
  const take = (part: Uint8Array) => {
    bytes += part.length;
    if (bytes <= limitBytes) held.push(part);
  };
  const finish = (): TextLine => {
    const whole = Buffer.concat(held);
    const fault = bytes > limitBytes ? 'too-many-bytes' : isUtf8(whole) ? null : 'not-utf-8';
    const number = line++;
    held = [];
    bytes = 0;
    return fault === null ? { line: number, text: textOf(whole, number === 1) } : { line: number, fault };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, end));
      yield finish();
      from = end + 1;
    }
    // Copied: whoever reads a file may use the same memory for its next chunk.
    if (from < chunk.length) take(Uint8Array.from(chunk.subarray(from)));
  }
  if (bytes > 0) yield finish();
}

function textOf(bytes: Buffer, first: boolean): string {
  const text = bytes.toString('utf8');
  const begin = first && text.startsWith('\ufeff') ? 1 : 0;
  return text.slice(begin, text.endsWith('\r') ? -1 : undefined);
}
