import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../node_modules/.cache/compiled/', import.meta.url));

/**
 * Before all tests: has Node keep the modules it compiles, for workers and the commands that tests start. Each of some
 * hundred processes would otherwise compile the same ones, which is half of what its start takes. Those of an earlier run go:
 * many of them lay in folders that are no more.
 */
export function setup(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.env.NODE_COMPILE_CACHE = folder;
}
