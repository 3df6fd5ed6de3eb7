import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { type RootSigner, RootSignerUnavailable } from '../domain/audit/root-signer.ts';
import { isSignedBy, rootKeyId } from './root-key.ts';
import { isErrorCode, writeNewFile } from './write-new-file.ts';

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/**
 * {@link RootSigner} for one machine: its key lies in a file that only the owner can read, made on first use. Whoever can
 * read the file can sign roots, so it is no substitute for a key management service.
 */
export class FileRootSigner implements RootSigner {
  readonly #path: string;
  #pair: Promise<KeyPair> | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  async keyId(): Promise<string> {
    return rootKeyId((await this.#keys()).publicKey);
  }

  async sign(text: string): Promise<string> {
    const { privateKey } = await this.#keys();
    return sign('sha256', Buffer.from(text), privateKey).toString('base64');
  }

  async verify(text: string, signature: string): Promise<boolean> {
    return isSignedBy((await this.#keys()).publicKey, text, signature);
  }

  #keys(): Promise<KeyPair> {
    this.#pair ??= readOrMake(this.#path).catch((cause) => {
      this.#pair = null;
      throw cause instanceof RootSignerUnavailable
        ? cause
        : new RootSignerUnavailable('The file of the signing key cannot be read or made.', { cause });
    });
    return this.#pair;
  }
}

async function readOrMake(path: string): Promise<KeyPair> {
  const pem = (await readPem(path)) ?? (await makePem(path));
  const privateKey = createPrivateKey(pem);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

async function readPem(path: string): Promise<string | null> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      throw new RootSignerUnavailable('The signing key can be read by others: allow its owner only (0600).');
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Of two who make it at once the first one's counts. */
async function makePem(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeNewFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  const pem = await readPem(path);
  if (pem === null)
    throw new RootSignerUnavailable('The file of the signing key was removed while it was made.');
  return pem;
}
