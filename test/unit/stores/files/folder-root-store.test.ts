import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RootStoreUnavailable } from '../../../../shared/domain/audit/root-store.ts';
import { FolderRootStore } from '../../../../shared/stores/files/folder-root-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roots-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('roots in a folder', () => {
  it('are put once, for reading only, and leave nothing else behind', async () => {
    const store = new FolderRootStore(join(folder, 'new'));
    await expect(store.read('roots/1.json')).resolves.toBeNull();
    await expect(store.names('roots')).resolves.toEqual([]);
    await expect(store.put('roots/1.json', 'one')).resolves.toBe(true);
    await expect(store.put('roots/1.json', 'two')).resolves.toBe(false);
    await expect(store.read('roots/1.json')).resolves.toBe('one');
    expect((await stat(join(folder, 'new', 'roots', '1.json'))).mode & 0o222).toBe(0);
    expect(await readdir(join(folder, 'new', 'roots'))).toEqual(['1.json']);
  });

  it('are put by one of many', async () => {
    const puts = Array.from({ length: 10 }, (_, index) =>
      new FolderRootStore(folder).put('roots/1.json', String(index)),
    );
    const outcomes = await Promise.all(puts);
    expect(outcomes.filter((isStored) => isStored)).toHaveLength(1);
    await expect(new FolderRootStore(folder).read('roots/1.json')).resolves.toBe(
      String(outcomes.indexOf(true)),
    );
  });

  it('are listed in their order', async () => {
    const store = new FolderRootStore(folder);
    for (const number of [3, 1, 2]) await store.put(`roots/${number}.json`, '');
    await expect(store.names('roots')).resolves.toEqual(['roots/1.json', 'roots/2.json', 'roots/3.json']);
  });

  it('are unknown where the folder is none', async () => {
    await writeFile(join(folder, 'file'), '');
    await mkdir(join(folder, 'roots', '1.json'), { recursive: true });
    const store = new FolderRootStore(join(folder, 'file'));
    await expect(store.put('roots/1.json', '')).rejects.toThrow(RootStoreUnavailable);
    await expect(store.names('roots')).rejects.toThrow(RootStoreUnavailable);
    await expect(new FolderRootStore(folder).read('roots/1.json')).rejects.toThrow(RootStoreUnavailable);
  });
});
