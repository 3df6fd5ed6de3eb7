import type { Plugin } from 'esbuild';

/** Modules of Node's own that take milliseconds to load, and that many requests do without. */
const builtins = /^(?:node:)?(crypto|zlib)$/;

/**
 * Loads some of Node's own modules when one of their functions is first called. An import statement would load them at every
 * start; of their functions it makes ones that fetch the module first. What is no function is imported as ever.
 */
export const lateBuiltins: Plugin = {
  name: 'late-builtins',
  setup(build) {
    build.onResolve({ filter: builtins }, ({ kind, path, namespace }) => {
      const [, name] = builtins.exec(path)!;
      if (namespace === 'late-builtin') return { path: `node:${name}`, external: true, sideEffects: false };
      if (kind !== 'import-statement') return undefined;
      return { path: `node:${name}`, namespace: 'late-builtin', sideEffects: false };
    });
    build.onLoad({ filter: /./, namespace: 'late-builtin' }, async ({ path }) => {
      const module: Record<string, unknown> = await import(path);
      const isFunction = (name: string) => typeof module[name] === 'function' && /^[a-z]/.test(name);
      const names = Object.keys(module).filter((name) => name !== 'default');
      const others = ['default', ...names.filter((name) => !isFunction(name))];
      const functions = names.filter(isFunction);
      return {
        contents: [
          `export { ${others.join(', ')} } from '${path}';`,
          `let loaded;`,
          `const load = () => (loaded ??= process.getBuiltinModule('${path}'));`,
          ...functions.map((name) => `export const ${name} = (...given) => load().${name}(...given);`),
        ].join('\n'),
      };
    });
  },
};
