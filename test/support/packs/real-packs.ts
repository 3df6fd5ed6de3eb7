import type { BothEngines } from '../../reference/compare.ts';
import { productLibrary } from '../product-packs.ts';

/** The policies of the repository, each with all of its versions. */
export function realPolicies(): BothEngines[] {
  return [...productLibrary().histories.values()].map((history) => ({
    history,
    packs: history.versions.map((version) => version.pack),
  }));
}
