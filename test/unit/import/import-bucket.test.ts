import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { readText } from '../../../functions/import/import-bucket.ts';
import { S3ImportBucket } from '../../../functions/import/s3-import-bucket.ts';

function setUp() {
  const s3 = mockClient(S3Client);
  return { s3, bucket: new S3ImportBucket(new S3Client({ region: 'local' }), 'files') };
}
const refusal = (name: string) =>
  new S3ServiceException({ name, message: 'not said', $fault: 'client', $metadata: {} });

describe('S3ImportBucket', () => {
  it.each(['NoSuchKey', 'NoSuchVersion'])('knows by %s that there is no such object', async (name) => {
    const { s3, bucket } = setUp();
    s3.on(GetObjectCommand).rejects(refusal(name));
    await expect(bucket.read('incoming/police/x', 'v1')).resolves.toBeNull();
    await expect(readText(bucket, 'mappings/police.json')).resolves.toBeNull();
  });

  it.each(['AccessDenied', 'SlowDown', 'PreconditionFailed'])('throws %s as it is', async (name) => {
    const { s3, bucket } = setUp();
    s3.on(GetObjectCommand).rejects(refusal(name));
    s3.on(PutObjectCommand).rejects(refusal(name));
    await expect(bucket.read('incoming/police/x', null)).rejects.toMatchObject({ name });
    await expect(bucket.write('reports/police/x', '')).rejects.toMatchObject({ name });
  });

  it('asks for the version that was dropped, and for the newest where none was named', async () => {
    const { s3, bucket } = setUp();
    s3.on(GetObjectCommand).callsFake(() => ({ Body: Readable.from([Buffer.from('text')]) }));
    await bucket.read('incoming/police/x', 'v1');
    await expect(readText(bucket, 'mappings/police.json')).resolves.toBe('text');
    expect(s3.commandCalls(GetObjectCommand).map(({ args }) => args[0].input)).toEqual([
      { Bucket: 'files', Key: 'incoming/police/x', VersionId: 'v1' },
      { Bucket: 'files', Key: 'mappings/police.json' },
    ]);
  });
});
