import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
/** First byte of what is sealed here: tells how the rest is written. */
const formatVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes;

/** What was sealed cannot be opened: another key, other associated data, or altered bytes; they look the same. */
export class Unopenable extends Error {
  constructor(options?: ErrorOptions) {
    super('What was sealed cannot be opened.', options);
    this.name = 'Unopenable';
  }
}

/**
 * Encrypts with AES-256-GCM under a fresh random nonce: `version | nonce | ciphertext | tag`. A key may seal 2^32 texts
 * (NIST SP 800-38D, 8.3).
 *
 * @param associated is not encrypted, but must be the same for opening.
 */
export function sealBytes(key: KeyObject, plaintext: Uint8Array, associated: string): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(associated, 'utf8'));
  const ciphertext = [cipher.update(plaintext), cipher.final()];
  return Buffer.concat([Uint8Array.of(formatVersion), nonce, ...ciphertext, cipher.getAuthTag()]);
}

/** @throws Unopenable */
export function openBytes(key: KeyObject, sealed: Uint8Array, associated: string): Buffer {
  if (sealed.byteLength < headBytes + tagBytes || sealed[0] !== formatVersion) throw new Unopenable();
  const end = sealed.byteLength - tagBytes;
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(1, headBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(associated, 'utf8'));
  decipher.setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(headBytes, end)), decipher.final()]);
  } catch (cause) {
    throw new Unopenable({ cause });
  }
}
