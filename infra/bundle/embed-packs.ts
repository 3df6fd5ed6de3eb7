import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'esbuild';
import { packDigest } from '../../shared/domain/policy/digest.ts';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import type { DeployedPacks } from '../../shared/stores/deployed-policies.ts';

/** The file that packs are put in the place of, by its path from the root. */
export const deployedPacksFile = 'functions/deployed-packs.ts';

/** Puts packs in the place of {@link deployedPacksFile}, in bundles that have it. */
export function embedPacks(read: () => Promise<readonly Pack[]>): Plugin {
  return {
    name: 'embed-packs',
    setup(build) {
      build.onLoad({ filter: /[\\/]functions[\\/]deployed-packs\.ts$/ }, async () => ({
        contents: `export const deployedPacks = ${JSON.stringify(compressPacks(await read()))};`,
      }));
    },
  };
}

/** All packs in one piece: versions of a policy are much alike, and take a tenth of what they would take one by one. */
export function compressPacks(packs: readonly Pack[]): DeployedPacks {
  const inOrder = packs.toSorted(
    (a, b) => compare(a.policy, b.policy) || compare(a.effective.from, b.effective.from),
  );
  const lines = inOrder.map((pack) => JSON.stringify(pack)).join('\n');
  const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
  return {
    versions: inOrder.map((pack) => {
      const { policy, version, effective } = pack;
      return { policy, version, digest: packDigest(pack), effective };
    }),
    compressed: brotliCompressSync(lines, { params }).toString('base64'),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
