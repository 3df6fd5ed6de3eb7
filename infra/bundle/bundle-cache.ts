import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version as esbuildVersion } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cacheDirectory = join(root, 'node_modules/.cache/bundles');

/** What was built, and all that it was built from. */
interface CachedBuild<Description> {
  readonly description: Description;
  /** The digest of each file that was read, by its path from the root. */
  readonly inputs: Readonly<Record<string, string>>;
}

export interface Built<Description> {
  readonly description: Description;
  /** The files that were read, by their paths from the root. */
  readonly inputs: readonly string[];
}

/** What a bundle is made from besides the files that are read. */
export interface Origin {
  /** The function. */
  readonly name: string;
  /** What stands in the place of a file in some bundles, by a digest: bundles without that file are the same whatever it is. */
  readonly replaced: { readonly path: string; readonly by: string };
}

/**
 * Builds a bundle, or takes one that was built from the same files before: bundling is most of what a start of the local
 * platform takes. A bundle is taken only where every file it was made from, how bundles are made included, is the same to
 * the byte; nothing is believed of times or names.
 *
 * @param into where its files are to be.
 * @param make builds into a directory.
 * @param cache where bundles are kept.
 */
export async function builtOnce<Description>(
  { name, replaced }: Origin,
  into: string,
  make: (directory: string) => Promise<Built<Description>>,
  cache = cacheDirectory,
): Promise<Description> {
  const placeOf = (...about: readonly string[]) =>
    join(cache, digest(JSON.stringify([esbuildVersion, process.version, ...about])));
  const withReplaced = placeOf(name, replaced.path, replaced.by);
  const withoutReplaced = placeOf(name);
  for (const place of [withReplaced, withoutReplaced]) {
    const cached = await readCached<Description>(place);
    if (
      cached !== null &&
      Object.entries(cached.inputs).every(([path, kept]) => digestOfFile(path) === kept)
    ) {
      await copyBundle(join(place, 'bundle'), into);
      return cached.description;
    }
  }
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'draft-'));
  const { description, inputs } = await make(join(draft, 'bundle'));
  const all = [...new Set([...inputs, ...howBundlesAreMade()])].sort();
  const build: CachedBuild<Description> = {
    description,
    inputs: Object.fromEntries(all.map((path) => [path, digestOfFile(path)])),
  };
  await copyBundle(join(draft, 'bundle'), into);
  await writeFile(join(draft, 'build.json'), JSON.stringify(build));
  const place = inputs.includes(replaced.path) ? withReplaced : withoutReplaced;
  await rm(place, { recursive: true, force: true });
  // Somebody else may have built the same in the meantime: theirs is as good.
  await rename(draft, place).catch(() => rm(draft, { recursive: true, force: true }));
  return description;
}

async function copyBundle(from: string, into: string): Promise<void> {
  await rm(into, { recursive: true, force: true });
  await mkdir(dirname(into), { recursive: true });
  await cp(from, into, { recursive: true });
}

async function readCached<Description>(place: string): Promise<CachedBuild<Description> | null> {
  try {
    return JSON.parse(await readFile(join(place, 'build.json'), 'utf8')) as CachedBuild<Description>;
  } catch {
    // There is none, or it is half there: it is built anew.
    return null;
  }
}

/** What decides on a bundle and is in none: the code that makes bundles, the route files it leaves out, and the packages. */
function howBundlesAreMade(): string[] {
  const folders = ['infra/bundle', 'shared/contract/routes'];
  return [
    'infra/bundling.ts',
    'package.json',
    'package-lock.json',
    ...folders.flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`)),
  ];
}

const digests = new Map<string, string>();

/** Read once a process: a bundle is made of what was there when it began. */
function digestOfFile(path: string): string {
  const known = digests.get(path);
  if (known !== undefined) return known;
  const file = join(root, path);
  const found = existsSync(file) ? digest(readFileSync(file)) : 'absent';
  digests.set(path, found);
  return found;
}

/** SHA-256 in base64url. */
export function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url');
}
