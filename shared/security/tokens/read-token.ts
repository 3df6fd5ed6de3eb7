import * as z from 'zod/mini';
import { findJsonFaults } from '../../json/json-faults.ts';
import { CredentialRefused } from '../credential-refused.ts';

/** Longer ones are refused before anything of them is read; the gateway lets 10 KB of headers through in all. */
const maxTokenCharacters = 8_192;

/**
 * What a header may hold. Not in it, on purpose: `jku`, `jwk`, `x5u` and `x5c`, which name or bring a key of the
 * sender's choosing, and `crit`, `b64`, `zip`, which change what the signature means. They are not ignored: a token
 * that has one is refused.
 */
const headerSchema = z.strictObject({
  alg: z.string().check(z.minLength(1), z.maxLength(16)),
  kid: z.string().check(z.minLength(1), z.maxLength(256)),
  typ: z.string().check(z.minLength(1), z.maxLength(64)),
  x5t: z.optional(z.string().check(z.maxLength(128))),
  'x5t#S256': z.optional(z.string().check(z.maxLength(128))),
});

/** A token taken apart and not verified: nothing in it may be believed but what chooses how to verify it. */
export interface UnverifiedToken {
  readonly algorithm: string;
  readonly keyId: string;
  readonly issuer: string;
}

/**
 * Takes a compact JWS apart. Stricter than what parsers let pass: base64url in its one form, UTF-8 without faults, no
 * name twice in one object at any depth (two readers could take two different values for the claim).
 *
 * @throws CredentialRefused
 */
export function readToken(token: string): UnverifiedToken {
  if (token.length > maxTokenCharacters) throw new CredentialRefused('malformed');
  const parts = token.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || !signature) {
    throw new CredentialRefused('malformed');
  }
  decode(signature);
  const { alg, kid } = parseHeader(readJson(header));
  const claims = readJson(payload);
  if (typeof claims.iss !== 'string') throw new CredentialRefused('unknown-issuer');
  return { algorithm: alg, keyId: kid, issuer: claims.iss };
}

function parseHeader(header: unknown): z.infer<typeof headerSchema> {
  const result = headerSchema.safeParse(header);
  if (!result.success) throw new CredentialRefused('header');
  return result.data;
}

function readJson(part: string): Record<string, unknown> {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decode(part));
    value = JSON.parse(text);
  } catch (cause) {
    throw cause instanceof CredentialRefused ? cause : new CredentialRefused('malformed');
  }
  if (
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value) ||
    findJsonFaults(text).length > 0
  ) {
    throw new CredentialRefused('malformed');
  }
  return value as Record<string, unknown>;
}

/** Node reads nearly anything as base64url; what it would write differently is not what was signed by anyone. */
function decode(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw new CredentialRefused('malformed');
  return bytes;
}
