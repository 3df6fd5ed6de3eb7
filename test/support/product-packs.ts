import { fileURLToPath } from 'node:url';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import { type CompiledLibrary, compileLibrary } from '../../shared/policies/compile-library.ts';
import { readPackLibrary } from '../../shared/policies/pack-library.ts';

let compiled: CompiledLibrary | undefined;

/** The packs of the product, read and compiled once a process. */
export function productLibrary(): CompiledLibrary {
  compiled ??= compileLibrary(
    readPackLibrary(fileURLToPath(new URL('../../shared/policies/', import.meta.url))),
  );
  return compiled;
}

/** The packs of the product as they are published: resolved. */
export function productPacks(): Pack[] {
  return productLibrary().compiled.map(({ policy }) => policy.pack);
}
