import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** As the package says it: an SPDX expression in most, nothing in some. */
  readonly license: unknown;
  /** Whether it has a script that npm would run on installing it. */
  readonly hasInstallScript: boolean;
}

/** Every package below a `node_modules`, those that lie inside of others too. */
export function installedPackages(folder: string): InstalledPackage[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => {
      const path = join(folder, name);
      if (name.startsWith('@')) return installedPackages(path);
      if (!existsSync(join(path, 'package.json'))) return [];
      const inside = join(path, 'node_modules');
      return [readPackage(path), ...(existsSync(inside) ? installedPackages(inside) : [])];
    });
}

function readPackage(path: string): InstalledPackage {
  const { name, version, license, licenses, scripts } = JSON.parse(
    readFileSync(join(path, 'package.json'), 'utf8'),
  );
  const hasInstallScript =
    ['preinstall', 'install', 'postinstall'].some((script) => script in (scripts ?? {})) ||
    // npm builds these by itself, without a script that says so.
    existsSync(join(path, 'binding.gyp'));
  return { name, version, license: license ?? licenses, hasInstallScript };
}
