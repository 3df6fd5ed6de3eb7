/** The bucket that bureaus drop files into, and reports lie in. */
export interface ImportBucket {
  /** The bytes of an object as they come; null: there is none of that name. */
  read(key: string, versionId: string | null): Promise<AsyncIterable<Uint8Array> | null>;
  write(key: string, text: string): Promise<void>;
}

/** The whole of a small object as text; null: there is none. */
export async function readText(bucket: ImportBucket, key: string): Promise<string | null> {
  const chunks = await bucket.read(key, null);
  if (chunks === null) return null;
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}
