import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** The folder the bundles are written to: `dist/functions/<name>/handler.mjs` with its map beside it. */
export const bundleDirectory = fileURLToPath(new URL('../dist/functions/', import.meta.url));

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
  // The default for `platform: node` prefers CommonJS builds, which cannot be tree-shaken and cost
  // 20 to 50 ms of cold start.
  mainFields: ['module', 'main'],
  minify: true,
  // Chinese texts would take six bytes a character as escapes; Node reads modules as UTF-8.
  charset: 'utf8',
  // Error classes set their own name, so that keeping every function's name is not paid for.
  keepNames: false,
  sourcemap: 'linked',
  sourcesContent: false,
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
  /** Bytes of the minified module, without its source map. */
  readonly bytes: number;
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
 * Bundles functions into `outputDirectory`, in one build: what they share is read once, and each bundle is the same to the
 * byte as if it were built alone.
 *
 * @param names all of them when absent.
 * @throws esbuild's `BuildFailure` when a source does not build.
 */
export async function bundleFunctions(
  outputDirectory = bundleDirectory,
  names?: readonly string[],
): Promise<FunctionBundle[]> {
  const wanted = names ?? (await functionNames());
  const { metafile } = await build({
    ...bundleOptions,
    // esbuild types these as mutable arrays.
    mainFields: [...bundleOptions.mainFields],
    entryPoints: Object.fromEntries(
      wanted.map((name) => [`${name}/handler`, join(functionsDirectory, name, 'handler.ts')]),
    ),
    outdir: outputDirectory,
    outExtension: { '.js': '.mjs' },
    metafile: true,
  });
  const outputs = Object.entries(metafile.outputs);
  return wanted.map((name) => {
    const directory = join(outputDirectory, name);
    const output = outputs.find(([path]) => path.endsWith(`${name}/handler.mjs`));
    return { name, directory, file: join(directory, 'handler.mjs'), bytes: output?.[1].bytes ?? 0 };
  });
}
