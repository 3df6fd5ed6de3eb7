import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createKeyStore } from '../../../shared/security/create-key-store.ts';

const context = { purpose: 'test' };

describe('the key store of a place', () => {
  it('is KMS under the key that is named, asked once for a key while it is kept', async () => {
    const kms = mockClient(KMSClient);
    const wrapped = randomBytes(16);
    kms
      .on(GenerateDataKeyCommand)
      .resolves({ Plaintext: randomBytes(32), CiphertextBlob: wrapped })
      .on(DecryptCommand)
      .callsFake(() => ({ Plaintext: randomBytes(32) }));
    const keyStore = createKeyStore({ kmsKeyId: 'key-1' });
    const made = await keyStore.generateDataKey(context);
    expect((await keyStore.unwrap(wrapped, context)).equals(made.key)).toBe(true);
    await keyStore.unwrap(randomBytes(16), context);
    expect(kms.commandCalls(DecryptCommand)).toHaveLength(1);
    expect(kms.calls().map(({ args }) => (args[0].input as { KeyId?: string }).KeyId)).toEqual([
      'key-1',
      'key-1',
    ]);
    kms.restore();
  });

  it('is a file that is made on first use and not before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'key-store-'));
    try {
      const keyFile = join(folder, 'resident.key');
      const keyStore = createKeyStore({ keyFile });
      await expect(stat(keyFile)).rejects.toThrow(/ENOENT/);
      const { key, wrapped } = await keyStore.generateDataKey(context);
      const other = createKeyStore({ keyFile });
      expect((await other.unwrap(wrapped, context)).equals(key)).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
