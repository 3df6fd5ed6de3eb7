import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { type RootSigner, RootSignerUnavailable } from '../domain/audit/root-signer.ts';
import { isSignedBy, rootKeyId } from './root-key.ts';

/** {@link RootSigner} on an asymmetric key of AWS KMS (`ECC_NIST_P256`, for signing). */
export class KmsRootSigner implements RootSigner {
  readonly #client: KMSClient;
  readonly #keyId: string;
  #publicKey: KeyObject | null = null;

  /** @param keyId id or ARN of the key. Not an alias: an alias can be pointed elsewhere. */
  constructor(client: KMSClient, keyId: string) {
    this.#client = client;
    this.#keyId = keyId;
  }

  async keyId(): Promise<string> {
    return rootKeyId(await this.#public());
  }

  async sign(text: string): Promise<string> {
    const { Signature } = await answer(
      this.#client.send(
        new SignCommand({
          KeyId: this.#keyId,
          // A message may have 4 KB, its digest stands for any.
          MessageType: 'DIGEST',
          Message: createHash('sha256').update(text).digest(),
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      ),
    );
    if (Signature === undefined) throw new RootSignerUnavailable('The key service gave no signature.');
    return Buffer.from(Signature).toString('base64');
  }

  async verify(text: string, signature: string): Promise<boolean> {
    return isSignedBy(await this.#public(), text, signature);
  }

  /** It never changes: asked for once. */
  async #public(): Promise<KeyObject> {
    if (this.#publicKey !== null) return this.#publicKey;
    const { PublicKey } = await answer(this.#client.send(new GetPublicKeyCommand({ KeyId: this.#keyId })));
    if (PublicKey === undefined) throw new RootSignerUnavailable('The key service gave no public key.');
    this.#publicKey = createPublicKey({ key: Buffer.from(PublicKey), type: 'spki', format: 'der' });
    return this.#publicKey;
  }
}

async function answer<Output>(sent: Promise<Output>): Promise<Output> {
  try {
    return await sent;
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : typeof cause;
    throw new RootSignerUnavailable(`The key service did not answer: ${name}.`, { cause });
  }
}
