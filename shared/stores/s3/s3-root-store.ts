import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type RootStore, RootStoreUnavailable } from '../../domain/audit/root-store.ts';
import { nameOf } from '../../observability/describe-error.ts';

/** What S3 says to a conditional put where something stands already. */
const taken = 'PreconditionFailed';
/** What it says while another put of the same name is under way: who won is known at the next try. */
const contended = 'ConditionalRequestConflict';
const maxContended = 5;

/** {@link RootStore} on a bucket. That nothing is removed or replaced is up to the bucket's Object Lock. */
export class S3RootStore implements RootStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async put(name: string, text: string): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      try {
        await this.#client.send(
          new PutObjectCommand({
            Bucket: this.#bucket,
            Key: name,
            Body: text,
            ContentType: name.endsWith('.json') ? 'application/json' : 'application/x-ndjson',
            IfNoneMatch: '*',
          }),
        );
        return true;
      } catch (error) {
        if (nameOf(error) === taken) return false;
        if (nameOf(error) !== contended || tries === maxContended) throw unavailable(error);
      }
    }
  }

  async read(name: string): Promise<string | null> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: name }));
      return (await Body?.transformToString('utf-8')) ?? null;
    } catch (error) {
      // Who may not list is told AccessDenied of what is not there: that is no answer either.
      if (nameOf(error) === 'NoSuchKey') return null;
      throw unavailable(error);
    }
  }
}

function unavailable(error: unknown): Error {
  return new RootStoreUnavailable(`The store of roots did not answer: ${nameOf(error)}.`, { cause: error });
}
