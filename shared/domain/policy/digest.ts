import { canonicalJson } from '../digests/canonical-json.ts';
import { sha256Digest } from '../digests/sha256-digest.ts';
import type { Pack } from './pack-schema.ts';

/** `sha256:<hex>` of a pack's canonical JSON (RFC 8785): equal packs have equal digests however they were written. */
export function packDigest(pack: Pack): string {
  return sha256Digest(canonicalJson(pack));
}
