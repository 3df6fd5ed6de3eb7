import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeApiKey, readApiKey } from '../../../../shared/security/api-keys/api-key.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const key = fc
  .constantFrom('live' as const, 'test' as const)
  .map((environment) => makeApiKey(environment).text);

describe('an API key', () => {
  it('is a prefix, thirty random characters and six that check them', () => {
    expect(makeApiKey('live').text).toMatch(/^elig_live_[0-9A-Za-z]{36}$/);
    expect(makeApiKey('test').text).toMatch(/^elig_test_[0-9A-Za-z]{36}$/);
  });

  it('is read as it was made, and named by a third of its random part', () => {
    fc.assert(
      fc.property(key, (text) => {
        const read = readApiKey(text);
        expect(read).toEqual({ text, environment: text.slice(5, 9), id: `ak_${text.slice(10, 20)}` });
      }),
    );
  });

  it('is checked by CRC-32 over prefix and random part, in base62', () => {
    const zeros = `elig_test_${'0'.repeat(30)}`;
    expect(readApiKey(`${zeros}4aj9T2`)?.id).toBe('ak_0000000000');
    expect(readApiKey(`elig_live_${'0'.repeat(30)}4aj9T2`)).toBeNull();
  });

  it('is none with one character changed, whichever and to whatever', () => {
    fc.assert(
      fc.property(key, fc.nat(45), fc.constantFrom(...alphabet), (text, at, character) => {
        fc.pre(text[at] !== character);
        expect(readApiKey(text.slice(0, at) + character + text.slice(at + 1))).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is none with two characters exchanged, neighbours or not', () => {
    fc.assert(
      fc.property(key, fc.nat(45), fc.nat(45), (text, one, other) => {
        const characters = Array.from(text);
        fc.pre(characters[one] !== characters[other]);
        [characters[one], characters[other]] = [characters[other]!, characters[one]!];
        expect(readApiKey(characters.join(''))).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is none with a character too few, too many, or in another case', () => {
    fc.assert(
      fc.property(key, fc.nat(45), (text, at) => {
        expect(readApiKey(text.slice(0, at) + text.slice(at + 1))).toBeNull();
        expect(readApiKey(text.slice(0, at) + text[at] + text.slice(at))).toBeNull();
        const letter = text[at]!;
        const turned = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
        if (turned !== letter) expect(readApiKey(text.slice(0, at) + turned + text.slice(at + 1))).toBeNull();
      }),
    );
  });

  it.each(['', 'elig_live_', ' ', `elig_prod_${'0'.repeat(36)}`, `${'0'.repeat(1_000_000)}`])(
    'is not %#',
    (text) => {
      expect(readApiKey(text)).toBeNull();
    },
  );

  it('is another one each time, of evenly many of each character', () => {
    const counts = new Map<string, number>();
    const keys = Array.from({ length: 4_000 }, () => makeApiKey('test').text.slice(10, 40));
    for (const character of keys.join('')) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(new Set(keys).size).toBe(4_000);
    expect(counts.size).toBe(62);
    const expected = (4_000 * 30) / 62;
    // Without rejection the first eight characters would come a quarter more often.
    for (const count of counts.values()) expect(Math.abs(count - expected) / expected).toBeLessThan(0.15);
  });
});
