import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { KeyStoreUnavailable, KeyUnreadable } from '../../../shared/security/key-store.ts';
import { KmsKeyStore } from '../../../shared/security/kms-key-store.ts';

const client = new KMSClient({ region: 'cn-northwest-1' });
const kms = mockClient(client);
const store = new KmsKeyStore(client, 'key-1');
const context = { purpose: 'resident-data', resident: 'rs_1' };
const wrapped = Uint8Array.of(1, 2, 3);

beforeEach(() => kms.reset());

function failing(name: string) {
  return Object.assign(new Error('the context was resident=rs_1'), { name });
}

describe('keys of AWS KMS', () => {
  it('are made of 256 bits in the context, and forgotten as bytes', async () => {
    const plaintext = new Uint8Array(32).fill(7);
    kms.on(GenerateDataKeyCommand).resolves({ Plaintext: plaintext, CiphertextBlob: wrapped });
    const made = await store.generateDataKey(context);
    expect(made.key.export()).toEqual(Buffer.alloc(32, 7));
    expect(made.wrapped).toEqual(wrapped);
    expect(plaintext).toEqual(new Uint8Array(32));
    expect(kms.commandCalls(GenerateDataKeyCommand)[0]!.args[0].input).toEqual({
      KeyId: 'key-1',
      KeySpec: 'AES_256',
      EncryptionContext: context,
    });
  });

  it('are opened by the named key only, in the context', async () => {
    kms.on(DecryptCommand).resolves({ Plaintext: new Uint8Array(32).fill(9) });
    expect((await store.unwrap(wrapped, context)).export()).toEqual(Buffer.alloc(32, 9));
    expect(kms.commandCalls(DecryptCommand)[0]!.args[0].input).toEqual({
      KeyId: 'key-1',
      CiphertextBlob: wrapped,
      EncryptionContext: context,
    });
  });

  it.each([
    ['InvalidCiphertextException', KeyUnreadable],
    ['IncorrectKeyException', KeyUnreadable],
    ['ThrottlingException', KeyStoreUnavailable],
    ['DisabledException', KeyStoreUnavailable],
    ['KMSInvalidStateException', KeyStoreUnavailable],
    ['AccessDeniedException', KeyStoreUnavailable],
    ['TimeoutError', KeyStoreUnavailable],
  ])('fail on %s in the way the caller can act on, and repeat nothing of it', async (name, expected) => {
    kms.on(DecryptCommand).rejects(failing(name));
    const error = await store.unwrap(wrapped, context).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(expected);
    expect((error as Error).message).not.toContain('rs_1');
  });

  it('are not taken when they are not whole', async () => {
    kms.on(DecryptCommand).resolves({ Plaintext: new Uint8Array(16) });
    await expect(store.unwrap(wrapped, context)).rejects.toThrow(KeyStoreUnavailable);
    kms.on(GenerateDataKeyCommand).resolves({ Plaintext: new Uint8Array(32) });
    await expect(store.generateDataKey(context)).rejects.toThrow(KeyStoreUnavailable);
  });

  it('are waited for no longer than the deadline', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const endpoint = `http://127.0.0.1:${port}`;
    const client = new KMSClient({ region: 'cn-northwest-1', endpoint, credentials });
    try {
      await expect(new KmsKeyStore(client, 'key-1', 50).unwrap(wrapped, context)).rejects.toThrow(
        KeyStoreUnavailable,
      );
    } finally {
      client.destroy();
      silent.closeAllConnections();
      silent.close();
    }
  });
});
