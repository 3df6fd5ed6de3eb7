import { createHmac, createSecretKey } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseDocument } from '../../../shared/domain/identity/normalise-document.ts';
import { BlindIndex, blindIndexKeyContext, openBlindIndex } from '../../../shared/security/blind-index.ts';
import { KeyUnreadable } from '../../../shared/security/key-store.ts';
import { memoryKeyStore } from './memory-key-store.ts';

const bytes = (fill: number) => Buffer.alloc(32, fill);
const key = (version: string, fill: number) => ({ version, key: createSecretKey(bytes(fill)) });
const person = normaliseDocument({ type: 'resident-id', number: '510104189901010015' }).document!;
const other = normaliseDocument({ type: 'resident-id', number: '51018518991231002X' }).document!;
const [v1, v2, v10] = [key('v1', 1), key('v2', 2), key('v10', 10)];

describe('the blind index', () => {
  it('is the HMAC-SHA-256 of type and number under its key, after the version of the key', () => {
    const digest = createHmac('sha256', bytes(1))
      .update(`blind-index\0resident-id\0${person.number}`)
      .digest('base64url');
    expect(new BlindIndex([v1]).of(person)).toBe(`v1.${digest}`);
    expect(digest).toHaveLength(43);
  });

  it('is the same for both forms of a number, and another for anyone else, any other type and any other key', () => {
    const index = new BlindIndex([v1]);
    const old = normaliseDocument({ type: 'resident-id', number: '110105491231002' }).document!;
    const modern = normaliseDocument({ type: 'resident-id', number: '11010519491231002x' }).document!;
    expect(index.of(old)).toBe(index.of(modern));
    const all = [
      index.of(person),
      index.of(other),
      index.of({ ...person, type: 'hmt-permit' }),
      new BlindIndex([key('v1', 2)]).of(person),
    ];
    expect(new Set(all).size).toBe(4);
  });

  it('shows nothing of the number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{3}\d{12}$/), (number) => {
        const { document } = normaliseDocument({ type: 'foreign-pr', number });
        expect(new BlindIndex([v1]).of(document!)).toMatch(/^v1\.[\w-]{43}$/);
        expect(new BlindIndex([v1]).of(document!)).not.toContain(number.slice(0, 6));
      }),
      { numRuns: 30 },
    );
  });

  it('gives a reader what is possible under every live key, newest first', () => {
    const index = new BlindIndex([v2, v10, v1]);
    const versions = index.candidates(person).map((candidate) => candidate.split('.')[0]);
    expect(versions).toEqual(['v10', 'v2', 'v1']);
    expect(index.candidates(person)[2]).toBe(new BlindIndex([v1]).of(person));
  });

  it('is written under the newest key, or the one that is current while a newer one is spread', () => {
    expect(new BlindIndex([v1, v2]).of(person)).toBe(new BlindIndex([v2]).of(person));
    expect(new BlindIndex([v1, v2], 'v1').of(person)).toBe(new BlindIndex([v1]).of(person));
  });

  it.each([
    ['no key', () => new BlindIndex([])],
    ['no such current key', () => new BlindIndex([v1], 'v2')],
    ['two keys of one version', () => new BlindIndex([v1, key('v1', 3)])],
    ['a version of another form', () => new BlindIndex([key('1', 1)])],
    ['a short key', () => new BlindIndex([{ version: 'v1', key: createSecretKey(Buffer.alloc(16)) }])],
  ])('refuses %s', (_, make) => {
    expect(make).toThrow(TypeError);
  });

  it('opens its keys through the key store, each only as the version it was made for', async () => {
    const keyStore = memoryKeyStore();
    const made = await Promise.all(
      ['v1', 'v2'].map((version) => keyStore.generateDataKey(blindIndexKeyContext(version))),
    );
    const wrapped = made.map((dataKey, index) => ({ version: `v${index + 1}`, wrapped: dataKey.wrapped }));
    const expected = new BlindIndex(
      made.map((dataKey, index) => ({ version: `v${index + 1}`, key: dataKey.key })),
    );
    const index = await openBlindIndex(keyStore, wrapped);
    expect(index.candidates(person)).toEqual(expected.candidates(person));
    expect((await openBlindIndex(keyStore, wrapped, 'v1')).of(person)).toBe(expected.candidates(person)[1]);
    const swapped = [{ version: 'v1', wrapped: made[1]!.wrapped }];
    await expect(openBlindIndex(keyStore, swapped)).rejects.toThrow(KeyUnreadable);
  });
});
