import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RootStore, RootStoreUnavailable } from '../../domain/audit/root-store.ts';
import { isErrorCode, writeNewFile } from '../../security/write-new-file.ts';

/**
 * {@link RootStore} in a folder of this machine, or a copy of a bucket in one. Never writes over a file; who owns the folder
 * can, so it is no substitute for Object Lock.
 */
export class FolderRootStore implements RootStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(name: string, text: string): Promise<boolean> {
    try {
      return await writeNewFile(join(this.#folder, name), text, 0o444);
    } catch (error) {
      throw unavailable(error);
    }
  }

  async read(name: string): Promise<string | null> {
    try {
      return await readFile(join(this.#folder, name), 'utf8');
    } catch (error) {
      if (isErrorCode(error, 'ENOENT')) return null;
      throw unavailable(error);
    }
  }

  /** The names of all files in a part of the store, in their order; none where there is no such part. */
  async names(part: 'roots' | 'links'): Promise<string[]> {
    try {
      return (await readdir(join(this.#folder, part))).sort().map((file) => `${part}/${file}`);
    } catch (error) {
      if (isErrorCode(error, 'ENOENT')) return [];
      throw unavailable(error);
    }
  }
}

function unavailable(error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  return new RootStoreUnavailable(`The folder of roots did not answer: ${code}.`, { cause: error });
}
