import { fileURLToPath } from 'node:url';

/** Where the policy packs of the product are. */
export const policiesDirectory = fileURLToPath(new URL('../shared/policies', import.meta.url));
