import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctionsOnce } from '../../infra/bundling.ts';

/**
 * Before all tests: builds the functions' bundles, so that all who need them take these. On a clean checkout the first
 * three of them would else each build all, at the same time.
 */
export async function setup(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bundles-'));
  try {
    await bundleFunctionsOnce(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
