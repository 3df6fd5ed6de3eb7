import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Where a key is good: the real thing, or everything else. A test key shows by its first letters that it is one. */
export const keyEnvironments = ['live', 'test'] as const;
export type KeyEnvironment = (typeof keyEnvironments)[number];

/** An API key that is written as one. Whether it was ever given out is for the store. */
export interface ApiKey {
  /** The whole key: secret. */
  readonly text: string;
  readonly environment: KeyEnvironment;
  /** The first third of its random part, by which it is found and named: `ak_` and ten characters. Not secret. */
  readonly id: string;
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomCharacters = 30;
const idCharacters = 10;
const checkCharacters = 6;
const form = new RegExp(
  `^(elig_(${keyEnvironments.join('|')})_[0-9A-Za-z]{${randomCharacters}})([0-9A-Za-z]{6})$`,
);

/**
 * A new key: `elig_live_` or `elig_test_`, 30 random characters of base62 (178 bits, of which 119 are not in the id),
 * and 6 that check the rest. The prefix is one that scanners for secrets can look for.
 *
 * @param id what it is to be named, as {@link repeatableKeyId} gives it; random when absent. The secret is random always.
 */
export function makeApiKey(environment: KeyEnvironment, id?: string): ApiKey {
  const name = id?.slice('ak_'.length) ?? randomBase62(idCharacters);
  const body = `elig_${environment}_${name}${randomBase62(randomCharacters - idCharacters)}`;
  return apiKey(body + checksum(body), environment);
}

/** The id of the key that a request makes: the same for the same request, so that it makes one key however often it comes. */
export function repeatableKeyId(...request: readonly string[]): string {
  let rest = BigInt(`0x${createHash('sha256').update(JSON.stringify(request)).digest('hex')}`);
  let digits = '';
  for (let place = 0; place < idCharacters; place++) {
    digits += alphabet.charAt(Number(rest % BigInt(alphabet.length)));
    rest /= BigInt(alphabet.length);
  }
  return `ak_${digits}`;
}

/** Reads a key; null when it is not one or was mistyped: the CRC32 over prefix and random part must fit. */
export function readApiKey(text: string): ApiKey | null {
  const [, body, environment, check] = form.exec(text) ?? [];
  if (body === undefined || checksum(body) !== check) return null;
  return apiKey(text, environment as KeyEnvironment);
}

function apiKey(text: string, environment: KeyEnvironment): ApiKey {
  const start = text.length - checkCharacters - randomCharacters;
  return { text, environment, id: `ak_${text.slice(start, start + idCharacters)}` };
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let place = 0; place < checkCharacters; place++) {
    digits = alphabet.charAt(rest % alphabet.length) + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}

function randomBase62(length: number): string {
  // The largest multiple of 62 in a byte: without throwing the rest away, the first characters would come more often.
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(2 * length)) {
      if (byte < limit && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
