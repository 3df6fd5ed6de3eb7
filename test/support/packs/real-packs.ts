import { fileURLToPath } from 'node:url';
import { lintLibrary } from '../../../shared/policies/lint-library.ts';
import { readPackLibrary } from '../../../shared/policies/pack-library.ts';
import type { BothEngines } from '../../reference/compare.ts';

/** The policies of the repository, each with all of its versions. */
export function realPolicies(): BothEngines[] {
  const folder = fileURLToPath(new URL('../../../shared/policies/', import.meta.url));
  const { histories } = lintLibrary(readPackLibrary(folder));
  return [...histories.values()].map((history) => ({
    history,
    packs: history.versions.map((version) => version.pack),
  }));
}
