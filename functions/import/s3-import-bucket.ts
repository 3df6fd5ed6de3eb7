import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ImportBucket } from './import-bucket.ts';
import { readOn } from './read-on.ts';

/** What S3 says where there is no such object, to whom it says so; others are told `AccessDenied`. */
const absentNames = new Set(['NoSuchKey', 'NoSuchVersion']);

/** {@link ImportBucket} on S3. What fails is thrown as it is: the message is then delivered again. */
export class S3ImportBucket implements ImportBucket {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async read(key: string, versionId: string | null): Promise<AsyncIterable<Uint8Array> | null> {
    const object = { Key: key, ...(versionId === null ? {} : { VersionId: versionId }) };
    try {
      const { body, entityTag } = await this.#open(object);
      return readOn(body, async (offset) => {
        // The same bytes as before, also where no version was named.
        const rest = { ...object, Range: `bytes=${offset}-`, IfMatch: entityTag };
        return (await this.#open(rest)).body;
      });
    } catch (error) {
      if (error instanceof Error && absentNames.has(error.name)) return null;
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

  async #open(input: Omit<GetObjectCommandInput, 'Bucket'>) {
    const { Body, ETag } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, ...input }));
    if (!(Body instanceof Readable)) throw new TypeError('S3 gave no body.');
    return { body: Body, entityTag: ETag };
  }
}
