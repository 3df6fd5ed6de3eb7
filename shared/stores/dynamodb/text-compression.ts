import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/**
 * Compresses a text.
 *
 * @param quality 0 to 11, of Brotli; by default one that takes a few milliseconds, while somebody waits.
 */
export function compressText(text: string, quality = 5): Promise<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8');
  return compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  });
}

/**
 * @param maxUnpackedBytes what unpacks to more was not written by us; 8 MiB by default.
 * @throws when the bytes are not what was compressed, or unpack to more.
 */
export async function decompressText(bytes: Uint8Array, maxUnpackedBytes = 8 * 1024 * 1024): Promise<string> {
  return (await decompress(bytes, { maxOutputLength: maxUnpackedBytes })).toString('utf8');
}
