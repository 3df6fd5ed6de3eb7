import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { late } from '../shared/caching/late.ts';
import { packDigest } from '../shared/domain/policy/digest.ts';
import type { Pack } from '../shared/domain/policy/pack-schema.ts';
import { type Built, builtOnce } from './bundle/bundle-cache.ts';
import { deployedPacksFile, embedPacks } from './bundle/embed-packs.ts';
import { lateBuiltins } from './bundle/late-builtins.ts';
import { leaveOut } from './bundle/left-out.ts';
import { ownRoutes } from './bundle/own-routes.ts';
import { unusedSchemas } from './bundle/unused-schemas.ts';
import { withoutDocuments } from './bundle/without-documents.ts';
import { policiesDirectory } from './policies-directory.ts';

/** The folder the bundles are written to: `dist/functions/<name>/handler.mjs` with its map beside it. */
export const bundleDirectory = fileURLToPath(new URL('../dist/functions/', import.meta.url));

const rootDirectory = fileURLToPath(new URL('../', import.meta.url));
const functionsDirectory = fileURLToPath(new URL('../functions/', import.meta.url));

/** The Lambda handler setting that fits the bundles: file `handler.mjs`, export `handler`. */
export const bundleHandler = 'handler.handler';

/**
 * The esbuild options of every function, here and on AWS: what is tested locally is the file that is deployed.
 */
export const bundleOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // What is imported when it is needed is a file of its own, and not loaded before.
  splitting: true,
  // The default for `platform: node` prefers CommonJS builds, which cannot be tree-shaken and cost
  // 20 to 50 ms of cold start.
  mainFields: ['module', 'main'],
  minify: true,
  // Chinese texts take six bytes a character as escapes, but a module of ASCII is read and compiled a tenth faster.
  charset: 'ascii',
  // Error classes set their own name, so that keeping every function's name is not paid for.
  keepNames: false,
  sourcemap: 'linked',
  sourcesContent: false,
  // Packages are named by where they are asked for, also where `node_modules` is a link.
  preserveSymlinks: true,
  legalComments: 'none',
  // CommonJS dependencies inside an ES module still call `require` for Node's own modules.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'silent',
} as const satisfies BuildOptions;

export interface FunctionBundle {
  /** The folder name below `functions/`. */
  readonly name: string;
  /** The directory that is zipped for Lambda. */
  readonly directory: string;
  /** The module inside it, an absolute path. */
  readonly file: string;
  /** Bytes of all modules that are loaded before the first request, minified, without source maps. */
  readonly bytes: number;
  /** Bytes of all modules, those that are loaded when they are needed included. */
  readonly totalBytes: number;
  /** Of `bytes`, what comes from each package or folder of our own, heaviest first. */
  readonly weights: readonly { readonly of: string; readonly bytes: number }[];
}

/** The names of all functions: the folders of `functions/` that have a `handler.ts`, in alphabetical order. */
export async function functionNames(directory = functionsDirectory): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true });
  return entries
    .filter((entry) => /^[^/]+\/handler\.ts$/.test(entry))
    .map((entry) => entry.slice(0, entry.indexOf('/')))
    .sort();
}

/**
 * Bundles functions into `outputDirectory`, each by itself, so that a bundle is the same to the byte whatever else is built.
 *
 * @param names all of them when absent.
 * @param packs those that public functions are deployed with; when absent, the product's own.
 * @throws esbuild's `BuildFailure` when a source does not build, or a pack of the product cannot be read.
 */
export async function bundleFunctions(
  outputDirectory = bundleDirectory,
  names?: readonly string[],
  packs?: readonly Pack[],
): Promise<FunctionBundle[]> {
  const wanted = names ?? (await functionNames());
  const readPacks = packs === undefined ? late(productPacks) : async () => packs;
  return Promise.all(
    wanted.map(async (name) => {
      const directory = join(outputDirectory, name);
      const { description } = await bundleFunction(name, directory, readPacks);
      return describedIn(directory, description);
    }),
  );
}

/**
 * As {@link bundleFunctions}, but a bundle that was made of the same files before is taken as it was: for this machine, where
 * what is deployed is built anew.
 */
export async function bundleFunctionsOnce(
  outputDirectory: string,
  names?: readonly string[],
  packs?: readonly Pack[],
): Promise<FunctionBundle[]> {
  const wanted = names ?? (await functionNames());
  const given = packs ?? (await productPacks());
  const replaced = { path: deployedPacksFile, by: given.map(packDigest).sort().join() };
  return Promise.all(
    wanted.map(async (name) => {
      const directory = join(outputDirectory, name);
      const description = await builtOnce({ name, replaced }, directory, (draft) =>
        bundleFunction(name, draft, async () => given),
      );
      return describedIn(directory, description);
    }),
  );
}

type Description = Omit<FunctionBundle, 'directory' | 'file'>;

function describedIn(directory: string, description: Description): FunctionBundle {
  return { ...description, directory, file: join(directory, 'handler.mjs') };
}

/** By the library that checks and publishes them. */
async function productPacks(): Promise<readonly Pack[]> {
  const { readPacks } = await import('./local/read-packs.ts');
  return readPacks(policiesDirectory).packs.map(({ pack }) => pack);
}

async function bundleFunction(
  name: string,
  directory: string,
  packs: () => Promise<readonly Pack[]>,
): Promise<Built<Description>> {
  const { metafile, outputFiles } = await build({
    ...bundleOptions,
    // esbuild types these as mutable arrays.
    mainFields: [...bundleOptions.mainFields],
    entryPoints: { handler: join(functionsDirectory, name, 'handler.ts') },
    // Wherever it is written to: maps name their sources by the way from here, and must not tell one folder from another.
    outdir: join(bundleDirectory, name),
    write: false,
    outExtension: { '.js': '.mjs' },
    // Of plugins that know a module the first one has it.
    plugins: [leaveOut, lateBuiltins, ownRoutes(name), withoutDocuments, unusedSchemas, embedPacks(packs)],
    metafile: true,
    // Paths of inputs are told from there.
    absWorkingDir: rootDirectory,
  });
  await mkdir(directory, { recursive: true });
  await removeOthers(directory, Object.keys(metafile.outputs));
  await Promise.all(
    outputFiles.map(({ path, contents }) => writeFile(join(directory, basename(path)), contents)),
  );
  const modules = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.mjs'));
  const initial = loadedAtStart(metafile, modules.find(([path]) => basename(path) === 'handler.mjs')![0]);
  return {
    description: {
      name,
      bytes: sum(initial.map((path) => metafile.outputs[path]!.bytes)),
      totalBytes: sum(modules.map(([, { bytes }]) => bytes)),
      weights: weightsOf(metafile, initial),
    },
    inputs: Object.keys(metafile.inputs).filter((path) => !path.includes(':')),
  };
}

/** What an earlier build left behind would be deployed as well, and change the hash of the code. */
async function removeOthers(directory: string, outputs: readonly string[]): Promise<void> {
  const written = new Set(outputs.map((path) => basename(path)));
  const others = (await readdir(directory)).filter((file) => !written.has(file));
  await Promise.all(others.map((file) => rm(join(directory, file), { recursive: true, force: true })));
}

/** The module and all that its import statements lead to. */
function loadedAtStart({ outputs }: Metafile, module: string): string[] {
  const loaded = new Set([module]);
  // A set that grows while it is gone through is gone through to its end.
  for (const path of loaded) {
    for (const { kind, external, path: imported } of outputs[path]!.imports) {
      if (kind === 'import-statement' && external !== true) loaded.add(imported);
    }
  }
  return [...loaded];
}

function weightsOf({ outputs }: Metafile, modules: readonly string[]): FunctionBundle['weights'] {
  const weights = new Map<string, number>();
  for (const { inputs } of modules.map((path) => outputs[path]!)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const of = originOf(path);
      weights.set(of, (weights.get(of) ?? 0) + bytesInOutput);
    }
  }
  return [...weights].map(([of, bytes]) => ({ of, bytes })).sort((a, b) => b.bytes - a.bytes);
}

/** The package of a source file; of our own the first two folders. */
function originOf(path: string): string {
  const [, packageName] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return packageName ?? path.split('/').slice(0, 2).join('/');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
