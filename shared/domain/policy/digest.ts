import { createHash } from 'node:crypto';
import { canonicalJson } from '../digests/canonical-json.ts';
import type { Pack } from './pack-schema.ts';

/** `sha256:<hex>` of a pack's canonical JSON (RFC 8785): equal packs have equal digests however they were written. */
export function packDigest(pack: Pack): string {
  return `sha256:${createHash('sha256').update(canonicalJson(pack)).digest('hex')}`;
}
