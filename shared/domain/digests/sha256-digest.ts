import { createHash } from 'node:crypto';

/** `sha256:<hex>` of a text (as UTF-8) or of bytes: the form of every digest on the wire and in stores. */
export function sha256Digest(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
