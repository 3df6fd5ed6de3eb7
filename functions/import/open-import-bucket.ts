import { S3Client } from '@aws-sdk/client-s3';
import type { ImportBucket } from './import-bucket.ts';
import { S3ImportBucket } from './s3-import-bucket.ts';

/** The bucket of the running function. Imported with the first message: what starts without one needs no S3. */
export function openImportBucket(name: string): ImportBucket {
  const s3 = new S3Client({
    // Nobody waits for the answer: the SDK's own pauses are right for a bucket that asks for patience.
    maxAttempts: 5,
    // The SDK compares a checksum when the last byte is there, long after the first lines are stored. TLS protects the way.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  });
  return new S3ImportBucket(s3, name);
}
