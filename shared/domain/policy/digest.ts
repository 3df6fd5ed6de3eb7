import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Pack } from './pack-schema.ts';

/** `sha256:<hex>` of a pack's canonical JSON (RFC 8785): equal packs have equal digests however they were written. */
export function packDigest(pack: Pack): string {
  const canonical = canonicalize(pack);
  if (canonical === undefined) throw new TypeError('a pack is a JSON object');
  return `sha256:${createHash('sha256').update(canonical).digest('hex')}`;
}
