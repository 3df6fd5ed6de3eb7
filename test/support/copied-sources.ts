import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

const parts = [
  ...['functions', 'infra', 'shared'],
  ...['cdk.json', 'openapi.json', 'package.json', 'package-lock.json', 'tsconfig.json'],
];

/** A copy of all that is built, in a folder of another name and depth, with the same packages. */
export class CopiedSources {
  readonly #place = mkdtempSync(join(tmpdir(), 'sources-'));
  readonly directory = join(this.#place, 'deeper', 'in');

  constructor() {
    for (const part of parts) cpSync(join(root, part), join(this.directory, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.directory, 'node_modules'));
  }

  /** Builds functions by the sources of the copy, in a process of its own, and gives the folder they lie in. */
  build(names: readonly string[]): string {
    const script = `
      const { bundleFunctions } = await import('./infra/bundling.ts');
      await bundleFunctions(undefined, JSON.parse(process.argv[1]));`;
    execFileSync(process.execPath, ['--input-type=module', '--eval', script, JSON.stringify(names)], {
      cwd: this.directory,
      stdio: 'pipe',
    });
    return join(this.directory, 'dist/functions');
  }

  remove(): void {
    rmSync(this.#place, { recursive: true });
  }
}

/** The SHA-256 of every file below a folder, by its path from there. */
export function hashesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const hashes = files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [
      path.slice(folder.length + 1),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ] as const;
  });
  return Object.fromEntries(hashes.sort(([a], [b]) => (a < b ? -1 : 1)));
}
