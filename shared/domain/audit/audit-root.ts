import * as z from 'zod/mini';
import { canonicalJson } from '../digests/canonical-json.ts';
import { DIGEST_FORM } from '../digests/digest-form.ts';
import { sha256Digest } from '../digests/sha256-digest.ts';
import { chainBeginning } from './audit-chain.ts';

/** Every segment is as long as this, and begins at a multiple of it: six an hour. */
export const segmentMilliseconds = 600_000;

const mark = z.iso.datetime({ precision: 3 }).check(z.regex(/:[0-5]0:00\.000Z$/));
const digest = z.string().check(z.regex(DIGEST_FORM));
const shardSchema = z.strictObject({
  /** How many entries of the segment are in it. */
  count: z.int().check(z.minimum(0)),
  /** The link of the last entry of the shard so far; that of the segment before when the count is 0. 64 hex digits. */
  head: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

const rootSchema = z.strictObject({
  format: z.literal('permit-eligibility-audit-root/1'),
  /** 1, 2, 3 …, without a gap. */
  sequence: z.int().check(z.minimum(1)),
  /** The segment: entries recorded from `from` until before `until`. It begins where the one before ended. */
  from: mark,
  until: mark,
  /** By the clock of whoever made the root. */
  sealedAt: z.iso.datetime({ precision: 3 }),
  /** By number of the shard. */
  shards: z.array(shardSchema).check(z.minLength(1), z.maxLength(10)),
  /** Digest of the file of links; null for a segment without entries, which has none. */
  links: z.nullable(digest),
  /** Digest of the root before; null for the first. */
  previous: z.nullable(digest),
  /** Digest of the public key (SPKI, DER) it is signed with. */
  keyId: digest,
});

/** What was in the audit at a mark: stands for all entries recorded until then since the first root. */
export type AuditRoot = z.infer<typeof rootSchema>;

const signedRootSchema = z.strictObject({
  root: rootSchema,
  /** ECDSA on P-256 with SHA-256 over the canonical JSON of `root`: DER in base64. */
  signature: z.base64().check(z.minLength(1)),
});

export type SignedRoot = z.infer<typeof signedRootSchema>;

/** What is signed, and what the next root's digest is of. */
export function rootText(root: AuditRoot): string {
  return canonicalJson(rootSchema.parse(root));
}

export function rootDigest(root: AuditRoot): string {
  return sha256Digest(rootText(root));
}

export function signedRootText(signed: SignedRoot): string {
  return canonicalJson(signedRootSchema.parse(signed));
}

/** @throws Error when the text is no signed root in a form this version reads. Whether the signature is good it does not say. */
export function parseSignedRoot(text: string): SignedRoot {
  return signedRootSchema.parse(JSON.parse(text));
}

/** Whether two roots say the same of the audit: made of the same entries, at whatever time. */
export function saySame(one: AuditRoot, other: AuditRoot): boolean {
  return rootText({ ...one, sealedAt: other.sealedAt }) === rootText(other);
}

/** What the first link of a shard in a segment is chained to. @param previous the root before; null: there is none. */
export function chainHeadBefore(previous: AuditRoot | null, shard: number): string {
  return previous?.shards[shard]?.head ?? chainBeginning;
}

/** Where a root lies in its store. */
export function rootName(sequence: number): string {
  return `roots/${String(sequence).padStart(9, '0')}.json`;
}

/** The number in such a name; null for other names. */
export function sequenceOf(name: string): number | null {
  const digits = /^roots\/(\d{9})\.json$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Where the links of a root lie. The digest is in the name: links of a run that got no further are in nobody's way. */
export function linksName(sequence: number, linksDigest: string): string {
  return `links/${String(sequence).padStart(9, '0')}-${linksDigest.slice('sha256:'.length)}.ndjson`;
}

/** The mark at or before an instant (milliseconds since the epoch), in milliseconds. */
export function markBefore(milliseconds: number): number {
  return Math.floor(milliseconds / segmentMilliseconds) * segmentMilliseconds;
}
