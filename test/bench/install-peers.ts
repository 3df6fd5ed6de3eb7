import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// The peers are no dependencies of the product: they are installed here, and only when the bench is run.
const folder = import.meta.dirname;
const wanted: Record<string, string> = JSON.parse(
  readFileSync(join(folder, 'package.json'), 'utf8'),
).dependencies;

const isInstalled = Object.entries(wanted).every(([name, version]) => {
  const file = join(folder, 'node_modules', name, 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version;
});

if (!isInstalled) {
  console.log('Installing the rule engines to compare with (test/bench/package.json) …');
  // Not `npm ci`, which asks for an entry of every platform's binary of zen-engine in the lock file; versions and hashes
  // are those of the lock file all the same, and it is left as it is.
  const { status } = spawnSync('npm', ['install', '--no-save', '--prefix', folder], { stdio: 'inherit' });
  if (status !== 0) {
    console.error('bench: the rule engines could not be installed, so there is nothing to compare with.');
    process.exit(1);
  }
}
