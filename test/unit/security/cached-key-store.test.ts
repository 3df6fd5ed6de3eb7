import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CachedKeyStore } from '../../../shared/security/cached-key-store.ts';
import { type KeyStore, KeyStoreUnavailable, KeyUnreadable } from '../../../shared/security/key-store.ts';
import { memoryKeyStore } from './memory-key-store.ts';

const contextOf = (resident: string) => ({ purpose: 'resident-data', resident });

/** Keys of `count` residents, made elsewhere, and a cache that has seen none of them. */
async function cacheOver(count: number, options: { maxKeys?: number; maxAgeMilliseconds?: number }) {
  const store = memoryKeyStore();
  const residents = Array.from({ length: count }, (_, index) => contextOf(`rs_${index}`));
  const keys = await Promise.all(residents.map((context) => store.generateDataKey(context)));
  let time = 0;
  const cache = new CachedKeyStore(store, { ...options, now: () => time });
  return {
    store,
    cache,
    open: (index: number) => cache.unwrap(keys[index]!.wrapped, residents[index]!),
    wrapped: (index: number) => keys[index]!.wrapped,
    wait: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

describe('opened data keys', () => {
  it('are asked for once while they are kept, and again at the end of their time', async () => {
    const { store, open, wait } = await cacheOver(1, { maxAgeMilliseconds: 1_000 });
    const [first, second] = await Promise.all([open(0), open(0)]);
    wait(999);
    expect((await open(0)).equals(first)).toBe(true);
    expect(second.equals(first)).toBe(true);
    expect(store.unwraps()).toBe(1);
    wait(1);
    await open(0);
    expect(store.unwraps()).toBe(2);
  });

  it('are kept up to a number, the one unused for longest going first', async () => {
    const { store, open } = await cacheOver(3, { maxKeys: 2 });
    for (const index of [0, 1, 0, 2]) await open(index);
    expect(store.unwraps()).toBe(3);
    await open(0);
    expect(store.unwraps()).toBe(3);
    await open(1);
    expect(store.unwraps()).toBe(4);
  });

  it('open for no other context, though they are kept', async () => {
    const { cache, open, wrapped } = await cacheOver(2, {});
    await open(0);
    await expect(cache.unwrap(wrapped(0), contextOf('rs_1'))).rejects.toThrow(KeyUnreadable);
  });

  it('are kept when they were made here', async () => {
    const { store, cache } = await cacheOver(0, {});
    const made = await cache.generateDataKey(contextOf('rs_9'));
    expect((await cache.unwrap(made.wrapped, contextOf('rs_9'))).equals(made.key)).toBe(true);
    expect(store.unwraps()).toBe(0);
  });

  it('are not kept as failures', async () => {
    let down = true;
    const key = createSecretKey(Buffer.alloc(32));
    const flaky: KeyStore = {
      generateDataKey: async () => ({ key, wrapped: Uint8Array.of(1) }),
      unwrap: async () => {
        if (down) throw new KeyStoreUnavailable('down');
        return key;
      },
    };
    const cache = new CachedKeyStore(flaky);
    await expect(cache.unwrap(Uint8Array.of(1), contextOf('rs_1'))).rejects.toThrow(KeyStoreUnavailable);
    down = false;
    expect((await cache.unwrap(Uint8Array.of(1), contextOf('rs_1'))).equals(key)).toBe(true);
  });
});
