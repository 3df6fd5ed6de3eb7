import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Outside the contract, which {@link withoutDocuments} reads. */
const schemaFiles = /[\\/]shared[\\/](?:domain|stores|security)[\\/].+\.ts$/;

/** Lets esbuild leave out schemas that a function's code does not use: at every start each of them would be made. */
export const unusedSchemas: Plugin = {
  name: 'unused-schemas',
  setup(build) {
    build.onLoad({ filter: schemaFiles }, async ({ path }) => ({
      contents: withoutEffects(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** A source that says of its calls of zod what esbuild cannot see: that they do nothing but make a schema. */
export function withoutEffects(source: string): string {
  return source.replace(/(?<![\w$./'"`-])z(?=(?:\s*\.\s*\w+){1,2}\()/g, '/* @__PURE__ */ z');
}
