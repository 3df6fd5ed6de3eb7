import type { DeployedPacks } from '../shared/stores/deployed-policies.ts';

/**
 * The packs a function is deployed with. None here: the bundler puts those of `shared/policies` in the place of this
 * module (`infra/bundle/embed-packs.ts`), so that what runs from its sources knows only what is published.
 */
export const deployedPacks: DeployedPacks = { versions: [], compressed: '' };
