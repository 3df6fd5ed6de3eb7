import { describe, expect, it } from 'vitest';
import { IssuerKeys, IssuerKeysUnavailable } from '../../../../shared/security/tokens/issuer-keys.ts';
import { jwksOf, makeKey } from '../../../support/credentials/forge.ts';

const minute = 60_000;
const [first, second] = [makeKey('k1'), makeKey('k2')];

/** An issuer whose keys can be exchanged, that can be taken down, and the clock. */
function issuer(keys: unknown = jwksOf(first)) {
  const state = { keys, down: false, now: 0, reads: 0, stale: 0 };
  const known = new IssuerKeys('https://id.example.org/jwks', {
    fetchKeys: async () => {
      state.reads++;
      if (state.down) throw new Error('down');
      return state.keys;
    },
    now: () => state.now,
    maxAgeMilliseconds: 10 * minute,
    coolDownMilliseconds: 30_000,
    maxStaleMilliseconds: 60 * minute,
    onStale: () => {
      state.stale++;
    },
  });
  return { state, has: async (kid: string) => (await known.find(kid)) !== null };
}

describe('the keys of an issuer', () => {
  it('are read once while they are fresh, also by many at once', async () => {
    const { state, has } = issuer();
    await expect(Promise.all([has('k1'), has('k1'), has('k1')])).resolves.toEqual([true, true, true]);
    state.now = 10 * minute - 1;
    await has('k1');
    expect(state.reads).toBe(1);
  });

  it('are refused within ten minutes after the issuer took them back', async () => {
    const { state, has } = issuer();
    await has('k1');
    state.keys = jwksOf(second);
    state.now = 10 * minute;
    await expect(has('k1')).resolves.toBe(false);
  });

  it('are read again for an id that is new, but not more than once in half a minute', async () => {
    const { state, has } = issuer();
    await has('k1');
    state.keys = jwksOf(first, second);
    await expect(has('k2')).resolves.toBe(false);
    expect(state.reads).toBe(1);
    state.now = 30_000;
    await expect(has('k2')).resolves.toBe(true);
    await Promise.all(Array.from({ length: 50 }, (_, index) => has(`made-up-${index}`)));
    expect(state.reads).toBe(2);
  });

  it('still count for an hour while the issuer does not answer, and no longer', async () => {
    const { state, has } = issuer();
    await has('k1');
    state.down = true;
    state.now = 60 * minute;
    await expect(has('k1')).resolves.toBe(true);
    expect(state.stale).toBe(1);
    state.now += 30_000;
    await expect(has('k1')).rejects.toThrow(IssuerKeysUnavailable);
    state.down = false;
    await expect(has('k1')).resolves.toBe(true);
  });

  it('are left alone for half a minute after a failure, while there are older ones', async () => {
    const { state, has } = issuer();
    await has('k1');
    state.down = true;
    state.now = 10 * minute;
    await has('k1');
    await has('k1');
    expect(state.reads).toBe(2);
  });

  it('cannot be had before the first good read', async () => {
    const { state, has } = issuer();
    state.down = true;
    await expect(has('k1')).rejects.toThrow(IssuerKeysUnavailable);
  });

  it.each([
    ['no set', 'keys'],
    ['a set without keys', {}],
    ['a set with a shared key', { keys: [{ kty: 'oct', kid: 'k1', k: 'c2VjcmV0' }] }],
    ['a set with a private key', { keys: [{ ...first.privateKey.export({ format: 'jwk' }), kid: 'k1' }] }],
    ['a set of thousands', { keys: Array.from({ length: 5_000 }, () => ({ kty: 'EC' })) }],
  ])('are none in %s', async (_, keys) => {
    await expect(issuer(keys).has('k1')).rejects.toThrow(IssuerKeysUnavailable);
  });

  it('are found by their id alone', async () => {
    const { kid: _, ...nameless } = jwksOf(first).keys[0]!;
    await expect(issuer({ keys: [nameless] }).has('undefined')).resolves.toBe(false);
  });
});
