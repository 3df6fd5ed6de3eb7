import type { Plugin } from 'esbuild';

/** Modules of Node's own that take milliseconds to load, and that many requests do without. */
const builtins = /^(?:node:)?(crypto|https|zlib)$/;

/**
 * Loads some of Node's own modules when something of them is first used. An import statement would load them at every start, so
 * there is none: their functions become ones that fetch the module first, and so do the members of their objects
 * (`constants`, and the module itself as the default import).
 *
 * Classes and what is made of them are left out. Whoever needs one imports the module itself, by default; a build that names one
 * fails and says so.
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
      const module: Record<string, unknown> = await import(path);
      const names = Object.keys(module).filter((name) => name !== 'default');
      const functions = names.filter((name) => typeof module[name] === 'function' && /^[a-z]/.test(name));
      const objects = names.filter((name) => isPlain(module[name]));
      return {
        contents: [
          `let loaded;`,
          `const load = () => (loaded ??= process.getBuiltinModule('${path}'));`,
          `const late = (of) => new Proxy({}, { get: (_, member) => of()[member] });`,
          ...functions.map((name) => `export const ${name} = (...given) => load().${name}(...given);`),
          ...objects.map((name) => `export const ${name} = /* @__PURE__ */ late(() => load().${name});`),
          `export default /* @__PURE__ */ late(load);`,
        ].join('\n'),
      };
    });
  },
};

/** An object of no class, whose members need not know whom they are members of. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
