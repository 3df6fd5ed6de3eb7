import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RootStoreUnavailable } from '../../../../shared/domain/audit/root-store.ts';
import { S3RootStore } from '../../../../shared/stores/s3/s3-root-store.ts';
import { type S3StandIn, startS3StandIn } from '../../../support/s3-stand-in.ts';

const failing = (name: string) => Object.assign(new Error('secret'), { name });

describe('roots in a bucket', () => {
  const client = new S3Client({ region: 'cn-northwest-1' });
  const s3 = mockClient(client);
  const store = new S3RootStore(client, 'roots');
  beforeEach(() => s3.reset());

  it('are put where nothing stands, with what S3 needs to say so', async () => {
    s3.on(PutObjectCommand).resolves({});
    await expect(store.put('roots/000000001.json', '{}')).resolves.toBe(true);
    expect(s3.commandCalls(PutObjectCommand)[0]!.args[0].input).toEqual({
      Bucket: 'roots',
      Key: 'roots/000000001.json',
      Body: '{}',
      ContentType: 'application/json',
      IfNoneMatch: '*',
    });
  });

  it('stay as they are where one stands', async () => {
    s3.on(PutObjectCommand).rejects(failing('PreconditionFailed'));
    await expect(store.put('roots/000000001.json', '{}')).resolves.toBe(false);
  });

  it('are put again while another put of the name is under way, but not for ever', async () => {
    s3.on(PutObjectCommand)
      .rejectsOnce(failing('ConditionalRequestConflict'))
      .rejectsOnce(failing('PreconditionFailed'));
    await expect(store.put('roots/000000001.json', '{}')).resolves.toBe(false);
    s3.reset();
    s3.on(PutObjectCommand).rejects(failing('ConditionalRequestConflict'));
    await expect(store.put('roots/000000001.json', '{}')).rejects.toThrow(RootStoreUnavailable);
    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(5);
  });

  it('are not there when S3 says so; when it says anything else, nobody knows', async () => {
    s3.on(GetObjectCommand).rejects(failing('NoSuchKey'));
    await expect(store.read('roots/000000001.json')).resolves.toBeNull();
    for (const name of ['AccessDenied', 'SlowDown', 'TimeoutError']) {
      s3.on(GetObjectCommand).rejects(failing(name));
      s3.on(PutObjectCommand).rejects(failing(name));
      await expect(store.read('x')).rejects.toThrow(`The store of roots did not answer: ${name}.`);
      await expect(store.put('x', '')).rejects.toThrow(RootStoreUnavailable);
    }
  });
});

describe('roots in a bucket, over HTTP', () => {
  let standIn: S3StandIn;
  let store: S3RootStore;
  beforeAll(async () => {
    standIn = await startS3StandIn('roots');
    const client = new S3Client({
      endpoint: standIn.endpoint,
      region: 'local',
      forcePathStyle: true,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    store = new S3RootStore(client, 'roots');
  });
  afterAll(() => standIn.stop());

  it('are read as they were put, and put once', async () => {
    await expect(store.put('links/1.ndjson', '{"id":"一"}\n')).resolves.toBe(true);
    await expect(store.put('links/1.ndjson', 'other')).resolves.toBe(false);
    await expect(store.read('links/1.ndjson')).resolves.toBe('{"id":"一"}\n');
    await expect(store.read('links/2.ndjson')).resolves.toBeNull();
  });
});
