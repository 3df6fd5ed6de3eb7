import { compressText, decompressText } from './text-compression.ts';

/** No pack is this large; what unpacks to more was not written by us. */
const maxUnpackedBytes = 32 * 1024 * 1024;

/** Nobody waits for a publication as for an answer; the highest quality takes seconds and saves a few percent. */
const quality = 9;

/** Compresses a pack (plain JSON) to bytes: an item holds 400 KB at most, and a pack may be larger than that. */
export async function compressPack(pack: unknown): Promise<Uint8Array> {
  return compressText(JSON.stringify(pack), quality);
}

/**
 * @returns the JSON value that was compressed, unverified.
 * @throws when the bytes are not compressed JSON or unpack to more than 32 MiB.
 */
export async function decompressPack(bytes: Uint8Array): Promise<unknown> {
  return JSON.parse(await decompressText(bytes, maxUnpackedBytes));
}
