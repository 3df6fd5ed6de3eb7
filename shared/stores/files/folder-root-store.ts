import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type RootStore, RootStoreUnavailable } from '../../domain/audit/root-store.ts';

/**
 * {@link RootStore} in a folder of this machine, or a copy of a bucket in one. Never writes over a file; who owns the folder
 * can, so it is no substitute for Object Lock.
 */
export class FolderRootStore implements RootStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file appears under its name whole or not at all, kill or no kill. */
  async put(name: string, text: string): Promise<boolean> {
    const path = join(this.#folder, name);
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const draft = join(this.#folder, `draft-${process.pid}-${randomBytes(6).toString('hex')}`);
      const file = await open(draft, 'wx', 0o444);
      try {
        await file.writeFile(text);
        await file.sync();
        await link(draft, path);
      } finally {
        await file.close();
        await unlink(draft);
      }
      await syncFolder(dirname(path));
      return true;
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false;
      throw unavailable(error);
    }
  }

  async read(name: string): Promise<string | null> {
    try {
      return await readFile(join(this.#folder, name), 'utf8');
    } catch (error) {
      if (isCode(error, 'ENOENT')) return null;
      throw unavailable(error);
    }
  }

  /** The names of all files in a part of the store, in their order; none where there is no such part. */
  async names(part: 'roots' | 'links'): Promise<string[]> {
    try {
      return (await readdir(join(this.#folder, part))).sort().map((file) => `${part}/${file}`);
    } catch (error) {
      if (isCode(error, 'ENOENT')) return [];
      throw unavailable(error);
    }
  }
}

/** So that the name is as durable as the file. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function unavailable(error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  return new RootStoreUnavailable(`The folder of roots did not answer: ${code}.`, { cause: error });
}
