import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** The bucket that bureaus drop files into, and reports lie in. */
export interface ImportBucket {
  /** The bytes of an object as they come; null: there is none of that name. */
  read(key: string, versionId: string | null): Promise<AsyncIterable<Uint8Array> | null>;
  write(key: string, text: string): Promise<void>;
}

/** {@link ImportBucket} on S3. What fails is thrown as it is: the message is then delivered again. */
export class S3ImportBucket implements ImportBucket {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async read(key: string, versionId: string | null): Promise<AsyncIterable<Uint8Array> | null> {
    try {
      const { Body } = await this.#client.send(
        new GetObjectCommand({
          Bucket: this.#bucket,
          Key: key,
          ...(versionId === null ? {} : { VersionId: versionId }),
        }),
      );
      if (!(Body instanceof Readable)) throw new TypeError('S3 gave no body.');
      return Body;
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  }

  async write(key: string, text: string): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        Body: text,
        ContentType: key.endsWith('.ndjson') ? 'application/x-ndjson' : 'application/json',
      }),
    );
  }
}

/** The whole of a small object as text; null: there is none. */
export async function readText(bucket: ImportBucket, key: string): Promise<string | null> {
  const chunks = await bucket.read(key, null);
  if (chunks === null) return null;
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}
