import { generateKeyPairSync, sign } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RootSignerUnavailable } from '../../../shared/domain/audit/root-signer.ts';
import { FileRootSigner } from '../../../shared/security/file-root-signer.ts';
import { KmsRootSigner } from '../../../shared/security/kms-root-signer.ts';
import { isSignedBy, readPublicRootKey, rootKeyId } from '../../../shared/security/root-key.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const der = publicKey.export({ type: 'spki', format: 'der' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

describe('the public key of roots', () => {
  it('is read from PEM, and known by the digest of its DER form', () => {
    expect(rootKeyId(readPublicRootKey(pem))).toBe(rootKeyId(publicKey));
    const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(rootKeyId(readPublicRootKey(secret))).toBe(rootKeyId(publicKey));
  });

  it('is of one kind', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
    expect(() => readPublicRootKey(other.export({ type: 'spki', format: 'pem' }).toString())).toThrow(
      TypeError,
    );
    expect(() => readPublicRootKey('no key')).toThrow();
  });

  it('takes what is no signature for a wrong one', () => {
    expect(isSignedBy(publicKey, 'text', 'AAAA')).toBe(false);
    expect(isSignedBy(publicKey, 'text', '')).toBe(false);
  });
});

describe('the key of AWS KMS that signs roots', () => {
  const client = new KMSClient({ region: 'cn-northwest-1' });
  const kms = mockClient(client);
  beforeEach(() => kms.reset());

  it('signs the digest of a text, in a way that its public key verifies', async () => {
    kms.on(GetPublicKeyCommand).resolves({ PublicKey: der });
    // What KMS does with a digest: OpenSSL does it with the text.
    kms.on(SignCommand).callsFake(() => ({ Signature: sign('sha256', Buffer.from('a root'), privateKey) }));
    const signer = new KmsRootSigner(client, 'key-1');
    const signature = await signer.sign('a root');
    expect(isSignedBy(publicKey, 'a root', signature)).toBe(true);
    await expect(signer.verify('a root', signature)).resolves.toBe(true);
    await expect(signer.verify('another', signature)).resolves.toBe(false);
    await expect(signer.keyId()).resolves.toBe(rootKeyId(publicKey));
    expect(kms.commandCalls(GetPublicKeyCommand)).toHaveLength(1);
    const { Message, ...input } = kms.commandCalls(SignCommand)[0]!.args[0].input;
    expect(input).toEqual({
      KeyId: 'key-1',
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
    });
    expect(Message).toHaveLength(32);
  });

  it.each(['DisabledException', 'ThrottlingException', 'AccessDeniedException', 'TimeoutError'])(
    'fails on %s so that it is tried again',
    async (name) => {
      kms.rejects(Object.assign(new Error('secret'), { name }));
      const signer = new KmsRootSigner(client, 'key-1');
      for (const call of [signer.keyId(), signer.sign('a root'), signer.verify('a root', 'AAAA')]) {
        const error = await call.catch((error: unknown) => error);
        expect(error).toBeInstanceOf(RootSignerUnavailable);
        expect((error as Error).message).not.toContain('secret');
      }
    },
  );

  it('takes an answer without what was asked for for none', async () => {
    kms.on(GetPublicKeyCommand).resolves({});
    kms.on(SignCommand).resolves({});
    const signer = new KmsRootSigner(client, 'key-1');
    await expect(signer.keyId()).rejects.toThrow(RootSignerUnavailable);
    await expect(signer.sign('a root')).rejects.toThrow(RootSignerUnavailable);
  });
});

describe('the file with the key that signs roots', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'root-keys-'));
    path = join(folder, 'new', 'root.key');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made on first use, for its owner only, and leaves nothing else behind', async () => {
    await new FileRootSigner(path).keyId();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'new'))).toEqual(['root.key']);
  });

  it('verifies after a restart what it signed before, and nothing else', async () => {
    const signature = await new FileRootSigner(path).sign('a root');
    const restarted = new FileRootSigner(path);
    await expect(restarted.verify('a root', signature)).resolves.toBe(true);
    await expect(restarted.verify('another', signature)).resolves.toBe(false);
    await expect(new FileRootSigner(join(folder, 'other')).verify('a root', signature)).resolves.toBe(false);
  });

  it('is one and the same when many start at once', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => new FileRootSigner(path).keyId()));
    expect(new Set(ids).size).toBe(1);
  });

  it('is not used when others can read it or it holds no key, and never replaced', async () => {
    const signer = new FileRootSigner(path);
    await signer.keyId();
    await chmod(path, 0o644);
    await expect(new FileRootSigner(path).keyId()).rejects.toThrow(/allow its owner only/);
    await chmod(path, 0o600);
    await writeFile(path, 'no key');
    await expect(new FileRootSigner(path).sign('a root')).rejects.toThrow(RootSignerUnavailable);
  });
});
