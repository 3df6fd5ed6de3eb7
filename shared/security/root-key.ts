import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { sha256Digest } from '../domain/digests/sha256-digest.ts';

/**
 * The public key in a text: PEM of a public key, or of the private one it goes with.
 *
 * @throws Error when there is none, or when it is none of ECDSA on P-256.
 */
export function readPublicRootKey(pem: string): KeyObject {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError('The key is none of ECDSA on P-256.');
  }
  return key;
}

/** `sha256:<hex>` of a public key's DER form (SPKI): the id that stands in the roots it signed. */
export function rootKeyId(key: KeyObject): string {
  const der = key.export({ type: 'spki', format: 'der' });
  return sha256Digest(der);
}

/** Whether a signature (DER, base64) over a text is of a key. */
export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
}
