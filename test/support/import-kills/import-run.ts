import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ImportFile } from './import-file.ts';

const importFile = fileURLToPath(new URL('../../../infra/cli/import.ts', import.meta.url));

/** One run of the import, in a process group of its own, with a database of its own in another. */
export class ImportRun {
  /** Exit code; null: it was killed. */
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  #ended = false;
  #output = '';

  /** @param cache of compiled modules: what takes most of a start is done once for all runs. */
  constructor({ path, source }: ImportFile, dataDirectory: string, reportPath: string, cache: string) {
    const options = ['--source', source, '--data', dataDirectory, '--report', reportPath];
    this.#child = spawn(process.execPath, [importFile, ...options, path], {
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: cache },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        this.#output += chunk;
      });
    }
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code) => {
        this.#ended = true;
        resolve(code);
      });
    });
  }

  /** All it said so far. */
  get output(): string {
    return this.#output;
  }

  /** Resolves when its database was started, or it ended before. */
  async databaseStarted(): Promise<void> {
    while (!this.#ended && this.#databaseGroup() === null) await wait(3);
  }

  /** Kills its group as `kill -9` does and, where asked to, the group of its database; false: it had ended by itself. */
  kill(database: 'first' | 'last' | 'spared'): boolean {
    if (this.#ended) return false;
    const databaseGroup = database === 'spared' ? null : this.#databaseGroup();
    const groups = [this.#child.pid!, ...(databaseGroup === null ? [] : [databaseGroup])];
    for (const group of database === 'first' ? groups.toReversed() : groups) {
      try {
        process.kill(-group, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
    return true;
  }

  /** Its only child is the guard of the database, which leads a group. */
  #databaseGroup(): number | null {
    const { pid } = this.#child;
    try {
      const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
      return first ? Number(first) : null;
    } catch {
      return null;
    }
  }
}
