import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { softwareBill } from '../../../infra/software-bill.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { installedPackages } from '../../support/installed-packages.ts';

/** Packages that may run a script while they are installed, with why. npm holds the same list as `allowScripts`. */
const approvedScripts: Readonly<Record<string, string>> = {
  esbuild: 'puts its binary, a package of the lock file, in the place of its launcher',
};

/** Of a lock file of its own, that is installed when a measurement asks for it. */
const approvedElsewhere: Readonly<Record<string, readonly string[]>> = {
  // Compiles its native part.
  'test/lambda/package-lock.json': ['aws-lambda-ric'],
};

/** Licences that ask for no more than that their text and names are kept. */
const allowedLicences = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'Zlib',
];

/** Packages under another licence, with why they may be here all the same. */
const licenceExceptions: Readonly<Record<string, { readonly licence: string; readonly why: string }>> = {
  lightningcss: { licence: 'MPL-2.0', why: 'of vite, for tests: unchanged, and in no bundle' },
};

const root = fileURLToPath(new URL('../../../', import.meta.url));
const mostRuntimeDependencies = 12;

interface LockEntry {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly license?: unknown;
  readonly dev?: boolean;
}

/** The packages of a lock file by their place, without the product itself. */
function lockEntries(file: string): [string, LockEntry][] {
  const { packages } = JSON.parse(readFileSync(`${root}${file}`, 'utf8'));
  return Object.entries<LockEntry>(packages).filter(([place]) => place !== '');
}

const nameAt = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** What a lock entry lacks of what makes it the same bytes everywhere. */
function faultsOf([place, entry]: [string, LockEntry]): string[] {
  // What lies inside the archive of another package is covered by the hash of that archive.
  const isHashed = entry.link === true || entry.inBundle === true || /^sha512-/.test(entry.integrity ?? '');
  // Whoever installs has it from where they have everything else; the hash says whether it is the same (`.npmrc`).
  const isPlaceless = entry.resolved === undefined;
  return [
    ...(isHashed ? [] : [`${place} has no SHA-512`]),
    ...(isPlaceless ? [] : [`${place} comes from ${entry.resolved}`]),
  ];
}

/** Whether an SPDX expression leaves us a choice that is allowed. */
function isAllowed(licence: unknown): boolean {
  if (typeof licence !== 'string') return false;
  const alternatives = licence.replaceAll(/[()]/g, '').split(' OR ');
  return alternatives.some((one) => one.split(' AND ').every((part) => allowedLicences.includes(part)));
}

function isAccepted({ name, license }: { readonly name: string; readonly license?: unknown }): boolean {
  const exception = Object.entries(licenceExceptions).find(
    ([of]) => name === of || name.startsWith(`${of}-`),
  );
  return isAllowed(license) || (exception !== undefined && exception[1].licence === license);
}

describe.each([
  'package-lock.json',
  'test/bench/package-lock.json',
  'test/load/package-lock.json',
  'test/lambda/package-lock.json',
])('%s', (file) => {
  const entries = lockEntries(file);

  it('has the hash of every package, and names no place it comes from', () => {
    expect(entries.length).toBeGreaterThan(5);
    expect(entries.flatMap(faultsOf)).toEqual([]);
  });

  it('has no package with a licence that is not allowed', () => {
    const named = entries
      // npm writes down no licences of what lies inside of others; the installed ones are read below.
      .filter(([, { inBundle }]) => inBundle !== true)
      .map(([place, { license }]) => ({ name: nameAt(place), license }));
    expect(named.filter((one) => !isAccepted(one))).toEqual([]);
  });

  it('has no package that runs a script while it is installed, but for the approved', () => {
    const scripts = entries.filter(([, entry]) => entry.hasInstallScript).map(([place]) => nameAt(place));
    const approved = [...Object.keys(approvedScripts), ...(approvedElsewhere[file] ?? [])];
    expect(scripts.filter((name) => !approved.includes(name))).toEqual([]);
  });
});

describe('what makes a lock entry no good', () => {
  it.each<[string, Partial<LockEntry>]>([
    ['no hash', {}],
    ['a weak hash', { integrity: 'sha1-abc' }],
    ['a place it comes from', { integrity: 'sha512-a', resolved: 'https://npm.example.org/a/-/a-1.0.0.tgz' }],
    ['a repository', { integrity: 'sha512-a', resolved: 'git+ssh://git@github.com/a/a.git#1234567' }],
  ])('is %s', (_, entry) => {
    expect(faultsOf(['node_modules/a', { version: '1.0.0', ...entry }])).toHaveLength(1);
  });
});

describe('the installed packages', () => {
  const installed = installedPackages(`${root}node_modules`);

  it('are under a licence that is allowed, those for development too', () => {
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter((one) => !isAccepted(one))).toEqual([]);
  });

  it('need every exception there is', () => {
    const excepted = installed.filter(({ license }) => !isAllowed(license)).map(({ name }) => name);
    expect(Object.keys(licenceExceptions).filter((name) => !excepted.includes(name))).toEqual([]);
  });

  it('run no script but the approved, which are those npm is told of', () => {
    const scripts = installed.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    expect(scripts).toEqual(Object.keys(approvedScripts));
    expect(packageJson.allowScripts).toEqual(
      Object.fromEntries(Object.keys(approvedScripts).map((name) => [name, true])),
    );
  });
});

describe('a licence', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['(MIT AND Apache-2.0)', true],
    ['(MIT AND GPL-3.0-only)', false],
    ['AGPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['UNLICENSED', false],
    ['', false],
    [undefined, false],
    [{ type: 'MIT' }, false],
  ])('of %j is allowed: %j', (licence, allowed) => {
    expect(isAllowed(licence)).toBe(allowed);
  });
});

describe('package.json', () => {
  const { dependencies, devDependencies, optionalDependencies } = packageJson;

  it('names exact versions only', () => {
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies };
    const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it(`asks for at most ${mostRuntimeDependencies} packages to run`, () => {
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(mostRuntimeDependencies);
  });
});

describe('the bill of materials', () => {
  it('lists what the lock file has for running, each with its licence and hash, and nothing of development', () => {
    const { bomFormat, components } = softwareBill(root);
    expect(bomFormat).toBe('CycloneDX');
    const wanted = lockEntries('package-lock.json')
      .filter(([, { dev }]) => dev !== true)
      .map(([place, { version }]) => `${nameAt(place)}@${version}`);
    expect(components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual(wanted.sort());
    expect(wanted).toEqual(
      expect.arrayContaining(
        Object.entries(packageJson.dependencies).map(([name, version]) => `${name}@${version}`),
      ),
    );
    const bare = components.filter(
      ({ licenses = [], hashes = [] }) => licenses.length === 0 || hashes[0]?.alg !== 'SHA-512',
    );
    expect(bare).toEqual([]);
  });
});
