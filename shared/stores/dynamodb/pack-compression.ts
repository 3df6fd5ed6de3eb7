import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** No pack is this large; what unpacks to more was not written by us. */
const maxUnpackedBytes = 32 * 1024 * 1024;

/** Compresses a pack (plain JSON) to bytes: an item holds 400 KB at most, and a pack may be larger than that. */
export async function compressPack(pack: unknown): Promise<Uint8Array> {
  const json = Buffer.from(JSON.stringify(pack), 'utf8');
  return compress(json, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      // The highest level takes seconds for a large pack and saves a few percent.
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: json.length,
    },
  });
}

/**
 * @returns the JSON value that was compressed, unverified.
 * @throws when the bytes are not compressed JSON or unpack to more than 32 MiB.
 */
export async function decompressPack(bytes: Uint8Array): Promise<unknown> {
  const json = await decompress(bytes, { maxOutputLength: maxUnpackedBytes });
  return JSON.parse(json.toString('utf8'));
}
