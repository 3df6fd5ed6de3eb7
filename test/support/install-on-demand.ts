import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

// node test/support/install-on-demand.ts <folder>: what a folder of measurements needs, and the product does not, is
// installed there, and only when the measurement is run.
const folder = resolve(process.argv[2] ?? '');
const wanted: Record<string, string> = JSON.parse(
  readFileSync(join(folder, 'package.json'), 'utf8'),
).dependencies;

const isInstalled = Object.entries(wanted).every(([name, version]) => {
  const file = join(folder, 'node_modules', name, 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version;
});

if (!isInstalled) {
  console.log(`Installing ${Object.keys(wanted).join(', ')} (${basename(folder)}/package.json) …`);
  // Not `npm ci`, which asks for an entry of every platform's binary of zen-engine in the lock file; versions and hashes
  // are those of the lock file all the same, and it is left as it is.
  const { status } = spawnSync('npm', ['install', '--no-save', '--prefix', folder], { stdio: 'inherit' });
  if (status !== 0) {
    console.error('It could not be installed, so there is nothing to measure with.');
    process.exit(1);
  }
}
