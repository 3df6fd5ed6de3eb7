import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

/** As much of a CycloneDX bill of materials as is read here. */
export interface SoftwareBill {
  readonly bomFormat: string;
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly licenses?: readonly unknown[];
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  }[];
}

/**
 * The bill of materials (CycloneDX, JSON) of what a lock file has for running the product, each package with version,
 * licence and SHA-512. Needs no network and nothing installed.
 *
 * npm is given the two files without what is for development only: by itself, `npm sbom --omit dev` also leaves out
 * what a development tool happens to need as well, zod and the core of the AWS SDK among them.
 *
 * @param root the folder with `package.json` and `package-lock.json`, an absolute path that ends with a slash.
 */
export function softwareBill(root: string): SoftwareBill {
  const { devDependencies: _, ...manifest } = readJson(join(root, 'package.json'));
  const lock = readJson(join(root, 'package-lock.json')) as unknown as LockFile;
  const packages = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .concat([['', manifest]]);
  const parent = mkdtempSync(join(tmpdir(), 'software-bill-'));
  try {
    writeFileSync(join(parent, 'package.json'), JSON.stringify(manifest));
    const pruned = { ...lock, packages: Object.fromEntries(packages) };
    writeFileSync(join(parent, 'package-lock.json'), JSON.stringify(pruned));
    const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
      cwd: parent,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(text);
  } finally {
    rmSync(parent, { recursive: true });
  }
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8'));
}
