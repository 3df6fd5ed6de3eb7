import { createHash } from 'node:crypto';

/** 192 bits: nobody meets another's by chance. */
const idBytes = 24;

/** What an id begins with: a decision, a consent, a request for review. */
export type RecordPrefix = 'dc_' | 'cn_' | 'rv_';

/** The id made of random bytes (24 of them), for a request without a key: the prefix and 32 characters. */
export function randomRecordId(prefix: RecordPrefix, random: Uint8Array): string {
  return idOf(prefix, random);
}

/** The id made of a name: the same for the same name, so that a record is the record of its idempotency key as well. */
export function repeatableRecordId(prefix: RecordPrefix, name: readonly string[]): string {
  return idOf(prefix, createHash('sha256').update(JSON.stringify(name)).digest());
}

function idOf(prefix: RecordPrefix, bytes: Uint8Array): string {
  return prefix + Buffer.from(bytes.subarray(0, idBytes)).toString('base64url');
}
