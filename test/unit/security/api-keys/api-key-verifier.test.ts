import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HashKeyStore } from '../../../../shared/domain/partners/hash-key-store.ts';
import {
  type PartnerKey,
  type PartnerStore,
  PartnerStoreUnavailable,
} from '../../../../shared/domain/partners/partner-store.ts';
import { type ApiKey, makeApiKey } from '../../../../shared/security/api-keys/api-key.ts';
import { ApiKeyHashes, hashKeyContext } from '../../../../shared/security/api-keys/api-key-hashes.ts';
import { ApiKeyVerifier, expiresSoonDays } from '../../../../shared/security/api-keys/api-key-verifier.ts';
import { KeyStoreUnavailable } from '../../../../shared/security/key-store.ts';
import { memoryKeyStore } from '../memory-key-store.ts';

const now = Date.parse('2026-06-01T08:00:00Z');

/** A store with one key, that counts what it is asked and can be taken down. */
async function world(change: Partial<PartnerKey> = {}, apiKey: ApiKey = makeApiKey('test')) {
  const state = { down: false, asked: 0, expiringSoon: 0 };
  const keyStore = memoryKeyStore();
  const { wrapped } = await keyStore.generateDataKey(hashKeyContext('v1'));
  const answer = async <Value>(value: Value) => {
    state.asked++;
    if (state.down) throw new PartnerStoreUnavailable('down');
    return value;
  };
  const hashKeys: HashKeyStore = {
    listHashKeys: () => answer([{ version: 'v1', wrapped }]),
    addHashKey: () => answer('exists' as const),
  };
  const hashes = new ApiKeyHashes(hashKeys, keyStore);
  const key: PartnerKey = {
    id: apiKey.id,
    owner: { kind: 'partner', id: 'school' },
    hash: await hashes.of(apiKey),
    scopes: ['partner:check'],
    ipRanges: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2027-01-01T00:00:00.000Z',
    revokedAt: null,
    lastUsedOn: '2026-06-01',
    ...change,
  };
  const store = {
    findKey: (id: string) => answer(id === key.id ? key : null),
    markUsed: () => answer(undefined),
  } as unknown as PartnerStore;
  state.asked = 0;
  const verifier = (over = hashes) =>
    new ApiKeyVerifier({
      store,
      hashes: over,
      environment: 'test',
      now: () => now,
      onUseNotKept: () => {},
      onExpiresSoon: () => {
        state.expiringSoon++;
      },
    });
  return {
    state,
    apiKey,
    verify: (text: string, over?: ApiKeyHashes) => verifier(over).verify(text, '203.0.113.7'),
  };
}

describe('an API key that cannot be one', () => {
  it('is refused without a question to the database: mistyped, exchanged, of the other environment', async () => {
    const { state, apiKey, verify } = await world();
    const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    await fc.assert(
      fc.asyncProperty(fc.nat(45), fc.constantFrom(...characters), fc.nat(45), async (at, other, with_) => {
        const { text } = apiKey;
        const mistyped = text.slice(0, at) + other + text.slice(at + 1);
        const swapped = Array.from(text);
        [swapped[at], swapped[with_]] = [swapped[with_]!, swapped[at]!];
        for (const wrong of [mistyped, swapped.join('')].filter((one) => one !== text)) {
          await expect(verify(wrong)).rejects.toMatchObject({ reason: 'checksum' });
        }
      }),
      { numRuns: 300 },
    );
    await expect(verify(makeApiKey('live').text)).rejects.toMatchObject({ reason: 'environment' });
    expect(state.asked).toBe(0);
    await verify(apiKey.text);
    expect(state.asked).toBeGreaterThan(0);
  });
});

describe('an API key that is written as one', () => {
  it('costs one read once the key of its hash is open', async () => {
    const { state, apiKey, verify } = await world();
    await verify(apiKey.text);
    state.asked = 0;
    await verify(apiKey.text);
    expect(state.asked).toBe(1);
  });

  it('is refused when nobody was given it', async () => {
    const { verify } = await world();
    await expect(verify(makeApiKey('test').text)).rejects.toMatchObject({ reason: 'unknown-key' });
  });

  it.each<[string, Partial<PartnerKey>]>([
    ['revoked', { revokedAt: '2026-05-31T00:00:00.000Z' }],
    ['revoked', { revokedAt: '2026-06-02T00:00:00.000Z' }],
    ['expired', { expiresAt: '2026-06-01T08:00:00.000Z' }],
    ['network', { ipRanges: ['198.51.100.0/24'] }],
    ['hash', { hash: `v1.${'A'.repeat(43)}` }],
    ['hash', { hash: `v2.${'A'.repeat(43)}` }],
    ['hash', { hash: 'nonsense' }],
  ])('is refused for its %s: %o', async (reason, change) => {
    const { apiKey, verify } = await world(change);
    await expect(verify(apiKey.text)).rejects.toMatchObject({ reason });
  });

  const soon = now + expiresSoonDays * 86_400_000;

  it.each([
    ['a millisecond before it expires', now + 1, 1],
    ['fourteen days before', soon, 1],
    ['a millisecond more than that before', soon + 1, 0],
  ])('is good, and told of where it expires soon: %s', async (_, expires, times) => {
    const { state, apiKey, verify } = await world({ expiresAt: new Date(expires).toISOString() });
    await expect(verify(apiKey.text)).resolves.toMatchObject({ caller: { kind: 'partner' } });
    expect(state.expiringSoon).toBe(times);
  });

  it('is not told of when it is refused, soon to expire or not', async () => {
    const expiresAt = new Date(soon).toISOString();
    const { state, apiKey, verify } = await world({ expiresAt, ipRanges: ['198.51.100.0/24'] });
    await expect(verify(apiKey.text)).rejects.toMatchObject({ reason: 'network' });
    expect(state.expiringSoon).toBe(0);
  });

  it('carries no scope of another door, whatever is stored', async () => {
    const { apiKey, verify } = await world({
      scopes: ['registry:write', 'partner:check', 'me:read', 'root'],
    });
    await expect(verify(apiKey.text)).resolves.toMatchObject({ scopes: ['partner:check'] });
  });

  it('is neither good nor refused while the store does not answer', async () => {
    const { state, apiKey, verify } = await world();
    state.down = true;
    await expect(verify(apiKey.text)).rejects.toThrow(PartnerStoreUnavailable);
  });

  it('is neither good nor refused while the key store does not answer, and good again after', async () => {
    const { apiKey, verify } = await world();
    const keyStore = memoryKeyStore();
    const { wrapped } = await keyStore.generateDataKey(hashKeyContext('v1'));
    let down = true;
    const hashes = new ApiKeyHashes(
      { listHashKeys: async () => [{ version: 'v1', wrapped }], addHashKey: async () => 'exists' },
      {
        ...keyStore,
        unwrap: async (...request) => {
          if (down) throw new KeyStoreUnavailable('down');
          return keyStore.unwrap(...request);
        },
      },
    );
    await expect(verify(apiKey.text, hashes)).rejects.toThrow(KeyStoreUnavailable);
    down = false;
    // Another HMAC key than the stored hash was made under: what matters is that it was opened.
    await expect(verify(apiKey.text, hashes)).rejects.toMatchObject({ reason: 'hash' });
  });
});
