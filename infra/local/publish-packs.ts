import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import type { PolicyStore } from '../../shared/domain/policy/policy-store.ts';
import { publishPolicy } from '../../shared/domain/policy/publish-policy.ts';
import type { PackFiles } from './read-packs.ts';
import { StartupError } from './startup-error.ts';

export interface PublishedPacks {
  readonly published: readonly Pack[];
  readonly alreadyPublished: readonly Pack[];
}

/**
 * Publishes every pack that is not published yet.
 *
 * @throws StartupError for the first pack that is refused: its file, why, and what to do.
 */
export async function publishPacks({ packs, lint }: PackFiles, store: PolicyStore): Promise<PublishedPacks> {
  const published: Pack[] = [];
  const alreadyPublished: Pack[] = [];
  for (const packOfFile of packs) {
    const { pack, file } = packOfFile;
    const result = await publishPolicy(pack, {
      store,
      lint: () => lint(packOfFile),
      publishedAt: new Date().toISOString(),
    });
    switch (result.outcome) {
      case 'published':
        published.push(pack);
        break;
      case 'already-published':
        alreadyPublished.push(pack);
        break;
      case 'lint-failed':
        throw new StartupError(result.findings.join('\n'));
      case 'version-exists':
        throw new StartupError(
          `${file}, or a pack it extends, was edited after version ${pack.version} of ${pack.policy} was published, and published versions never change: undo the edit, give the change a version of its own, or start from an empty database with: npm start -- --fresh`,
        );
      case 'overlaps':
        throw new StartupError(
          `${file} would be in force on the same days as the published version ${result.versions.join(', ')} of ${pack.policy}: change its effective period, or start from an empty database with: npm start -- --fresh`,
        );
      case 'pointer-kept-moving':
        throw new StartupError(
          `${file} could not be published: others are publishing versions of ${pack.policy} right now. Try again.`,
        );
    }
  }
  return { published, alreadyPublished };
}
