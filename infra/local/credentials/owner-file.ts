import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandError } from '../../command-error.ts';

/**
 * The text of a file that only its owner can read; null when there is none.
 *
 * @throws CommandError when others can read it: what it holds is no secret any more.
 */
export function readOwnerFile(path: string): string | null {
  try {
    if ((statSync(path).mode & 0o077) !== 0) {
      throw new CommandError(
        `${path} can be read by others: allow its owner only (chmod 600), or delete it.`,
      );
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes a file that only its owner can read, whole or not at all. */
export function writeOwnerFile(path: string, text: string): void {
  renameSync(draftOf(path, text), path);
}

/** The text of such a file, made when there is none. Of two who make it at once the first one's counts. */
export function readOrMakeOwnerFile(path: string, make: () => string): string {
  const known = readOwnerFile(path);
  if (known !== null) return known;
  const draft = draftOf(path, make());
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readOwnerFile(path)!;
}

function draftOf(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, text, { flag: 'wx', mode: 0o600 });
  return draft;
}
