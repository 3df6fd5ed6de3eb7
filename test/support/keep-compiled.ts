import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Before all tests: has Node keep the modules it compiles, for workers and the commands that tests start, until the run is
 * over. Each of some hundred processes would otherwise compile the same ones, which is half of what its start takes.
 *
 * @returns what removes them.
 */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-'));
  process.env.NODE_COMPILE_CACHE = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
