import { fileURLToPath } from 'node:url';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import { lintLibrary } from '../../shared/policies/lint-library.ts';
import { readPackLibrary } from '../../shared/policies/pack-library.ts';

/** The packs of the product as they are published: resolved. */
export function productPacks(): Pack[] {
  const folder = fileURLToPath(new URL('../../shared/policies/', import.meta.url));
  return lintLibrary(readPackLibrary(folder)).compiled.map(({ policy }) => policy.pack);
}
