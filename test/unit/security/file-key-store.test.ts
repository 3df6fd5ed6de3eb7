import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Unopenable } from '../../../shared/security/aes-gcm.ts';
import { openEnvelope, residentKeyContext, sealEnvelope } from '../../../shared/security/envelope.ts';
import { FileKeyStore } from '../../../shared/security/file-key-store.ts';
import { KeyStoreUnavailable, KeyUnreadable } from '../../../shared/security/key-store.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
  path = join(folder, 'new', 'register.key');
});
afterEach(() => rm(folder, { recursive: true }));

const context = residentKeyContext('rs_1');
const bytesOf = (key: { export(): Buffer }) => key.export().toString('hex');

describe('the key file of one machine', () => {
  it('is made on first use, for its owner only, and leaves nothing else behind', async () => {
    await new FileKeyStore(path).generateDataKey(context);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'new'))).toEqual(['register.key']);
  });

  it('opens after a restart what it wrapped before, and only in the same context', async () => {
    const { key, wrapped } = await new FileKeyStore(path).generateDataKey(context);
    const restarted = new FileKeyStore(path);
    expect(bytesOf(await restarted.unwrap(wrapped, { ...context }))).toBe(bytesOf(key));
    await expect(restarted.unwrap(wrapped, residentKeyContext('rs_2'))).rejects.toThrow(KeyUnreadable);
    const altered = Uint8Array.from(wrapped);
    altered[20]! ^= 1;
    await expect(restarted.unwrap(altered, context)).rejects.toThrow(KeyUnreadable);
  });

  it('is one and the same when many start at once', async () => {
    const stores = Array.from({ length: 8 }, () => new FileKeyStore(path));
    const made = await Promise.all(stores.map((store) => store.generateDataKey(context)));
    const late = new FileKeyStore(path);
    for (const { key, wrapped } of made) {
      expect(bytesOf(await late.unwrap(wrapped, context))).toBe(bytesOf(key));
    }
    expect(new Set(made.map(({ key }) => bytesOf(key))).size).toBe(8);
  });

  it('is refused when others may read it, and used again once they may not', async () => {
    const store = new FileKeyStore(path);
    await new FileKeyStore(path).generateDataKey(context);
    await chmod(path, 0o640);
    await expect(store.generateDataKey(context)).rejects.toThrow(KeyStoreUnavailable);
    await chmod(path, 0o600);
    await expect(store.generateDataKey(context)).resolves.toBeDefined();
  });

  it('is never replaced when it cannot be read as a key', async () => {
    const elsewhere = join(folder, 'cut.key');
    await writeFile(elsewhere, 'AAAA', { mode: 0o600 });
    await expect(new FileKeyStore(elsewhere).generateDataKey(context)).rejects.toThrow(KeyStoreUnavailable);
    expect(await readFile(elsewhere, 'utf8')).toBe('AAAA');
    await expect(new FileKeyStore(join(elsewhere, 'x')).unwrap(Uint8Array.of(1), context)).rejects.toThrow(
      KeyStoreUnavailable,
    );
  });
});

describe('deleting the wrapped data key of a resident', () => {
  it('makes the resident unreadable for good, though everything else is still there', async () => {
    const store = new FileKeyStore(path);
    const place = { residentId: 'rs_1', item: 'RECORD' };
    const { key, wrapped } = await store.generateDataKey(context);
    const items: { dataKey?: Uint8Array; payload: Uint8Array } = {
      dataKey: wrapped,
      payload: sealEnvelope(key, 'a life', place),
    };
    const read = async () =>
      openEnvelope(
        await new FileKeyStore(path).unwrap(items.dataKey ?? Uint8Array.of(), context),
        items.payload,
        place,
      );
    expect(await read()).toBe('a life');

    delete items.dataKey;
    await expect(read()).rejects.toThrow(KeyUnreadable);
    // The machine keeps one key, which opens no payload; a new data key for the same resident is another one.
    const files = await readdir(join(folder, 'new'));
    expect(files).toEqual(['register.key']);
    const again = await store.generateDataKey(context);
    expect(() => openEnvelope(again.key, items.payload, place)).toThrow(Unopenable);
  });
});
