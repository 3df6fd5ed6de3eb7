import { fileURLToPath } from 'node:url';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import { resolvePack } from '../../shared/domain/policy/resolve-pack.ts';
import { readPackLibrary } from '../../shared/policies/pack-library.ts';

/** The packs of the product as they are published: resolved. */
export function productPacks(): Pack[] {
  const library = readPackLibrary(fileURLToPath(new URL('../../shared/policies/', import.meta.url)));
  const find = (policy: string, version: string) =>
    library.find((entry) => entry.policy === policy && entry.version === version)?.pack.value ?? null;
  return library.map(({ pack }) => {
    if (pack.value === null) throw new Error(`${pack.path}: ${pack.faults[0]?.message}`);
    return resolvePack(pack.value, find);
  });
}
