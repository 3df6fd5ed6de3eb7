import type { Plugin } from 'esbuild';

/** Modules of Node's own that bundles import. */
const builtins =
  /^(?:node:)?(crypto|fs|fs\/promises|https|os|path|process|stream|timers|timers\/promises|util|zlib)$/;

/**
 * Fetches Node's own modules when something of them is first used. An import statement would load them at every start, milliseconds
 * for some of them, and for any of them read all it exports, which loads more. So functions become ones that
 * fetch the module first, and so do the members of plain objects (`constants`, and the module itself as the default import);
 * a class is fetched where it is named.
 */
export const lateBuiltins: Plugin = {
  name: 'late-builtins',
  setup(build) {
    build.onResolve({ filter: builtins }, ({ kind, path }) => {
      if (kind !== 'import-statement') return undefined;
      const [, name] = builtins.exec(path)!;
      return { path: `node:${name}`, namespace: 'late-builtin', sideEffects: false };
    });
    build.onLoad({ filter: /./, namespace: 'late-builtin' }, async ({ path }) => {
      // Of a process there is one, and everybody has it. All that it exports differs from one process to the next.
      if (path === 'node:process') {
        return { contents: 'export const { env, versions } = process;\nexport default process;' };
      }
      const module: Record<string, unknown> = await import(path);
      return {
        contents: [
          `let loaded;`,
          `const load = () => (loaded ??= process.getBuiltinModule('${path}'));`,
          `const late = (of) => new Proxy({}, { get: (_, member) => of()[member] });`,
          `const now = (name) => load()[name];`,
          ...Object.keys(module)
            .filter((name) => name !== 'default')
            .map((name) => `export const ${name} = ${lateExport(name, module[name])};`),
          `export default /* @__PURE__ */ late(load);`,
        ].join('\n'),
      };
    });
  },
};

function lateExport(name: string, value: unknown): string {
  if (typeof value === 'function' && /^[a-z]/.test(name)) return `(...given) => load().${name}(...given)`;
  return isPlain(value) ? `/* @__PURE__ */ late(() => load().${name})` : `/* @__PURE__ */ now('${name}')`;
}

/** An object of no class, whose members need not know whom they are members of. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
