import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Nothing we write is this large. */
const maxUnpackedBytes = 8 * 1024 * 1024;

/** Compresses a text within a few milliseconds, while somebody waits. */
export function compressText(text: string): Promise<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8');
  return compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  });
}

/** @throws when the bytes are not what was compressed, or unpack to more than 8 MiB. */
export async function decompressText(bytes: Uint8Array): Promise<string> {
  return (await decompress(bytes, { maxOutputLength: maxUnpackedBytes })).toString('utf8');
}
