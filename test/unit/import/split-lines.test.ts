import { array, assert, asyncProperty, integer, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines, type TextLine } from '../../../functions/import/split-lines.ts';

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  // The same memory for every piece, as a reader of files may use it.
  const memory = new Uint8Array(bytes.length);
  for (let from = 0, index = 0; from < bytes.length; index++) {
    const size = Math.min(sizes[index % sizes.length] ?? 1, bytes.length - from);
    memory.set(bytes.subarray(from, from + size));
    yield memory.subarray(0, size);
    from += size;
  }
}

async function lines(text: string | Uint8Array, sizes = [3], limit = 100): Promise<TextLine[]> {
  return Array.fromAsync(splitLines(inPieces(Buffer.from(text as string), sizes), limit));
}

describe('splitLines', () => {
  it('gives the lines there were, however the bytes come', async () => {
    await assert(
      asyncProperty(
        array(
          string({ unit: 'binary' }).map((text) => text.replaceAll(/[\n\r\ufeff]/g, '')),
          { minLength: 1 },
        ),
        array(integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (texts, sizes) => {
          const well = texts.map((text) => text.toWellFormed());
          const found = await lines(`${well.join('\n')}\n`, sizes, 10_000);
          expect(found).toEqual(well.map((text, index) => ({ line: index + 1, text })));
        },
      ),
    );
  });

  it.each([
    ['nothing', '', []],
    ['an end without a newline', 'a\nb', ['a', 'b']],
    ['carriage returns', 'a\r\nb\r\n', ['a', 'b']],
    ['empty lines', '\n\na\n', ['', '', 'a']],
    ['a byte order mark', '\ufeffa\n\ufeffb\n', ['a', '\ufeffb']],
  ])('reads %s', async (_, text, expected) => {
    expect((await lines(text)).map((line) => line.text)).toEqual(expected);
  });

  it('names a line that is too long or not UTF-8, and goes on behind it', async () => {
    const bytes = Buffer.concat([
      Buffer.from('abcd\nabcde\n'),
      Buffer.from([0xff, 0x0a]),
      Buffer.from('end'),
    ]);
    expect(await lines(bytes, [2], 4)).toEqual([
      { line: 1, text: 'abcd' },
      { line: 2, fault: 'too-many-bytes' },
      { line: 3, fault: 'not-utf-8' },
      { line: 4, text: 'end' },
    ]);
  });
});
