import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import type { PolicyStore } from '../../shared/domain/policy/policy-store.ts';
import { publishPolicy } from '../../shared/domain/policy/publish-policy.ts';
import { CommandError } from '../command-error.ts';
import type { PackFiles } from './read-packs.ts';

export interface PublishedPacks {
  readonly published: readonly Pack[];
  readonly alreadyPublished: readonly Pack[];
}

/**
 * Publishes every pack that is not published yet.
 *
 * @param otherWay what else can be done about a version that is published already, after "or".
 * @throws CommandError for the first pack that is refused: its file, why, and what to do.
 */
export async function publishPacks(
  { packs, lint }: Pick<PackFiles, 'packs' | 'lint'>,
  store: PolicyStore,
  otherWay?: string,
): Promise<PublishedPacks> {
  const or = otherWay === undefined ? '' : `, or ${otherWay}`;
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
        throw new CommandError(result.findings.join('\n'));
      case 'version-exists':
        throw new CommandError(
          `${file}, or a pack it extends, was edited after version ${pack.version} of ${pack.policy} was published, and published versions never change: undo the edit, give the change a version of its own${or}`,
        );
      case 'overlaps':
        throw new CommandError(
          `${file} would be in force on the same days as the published version ${result.versions.join(', ')} of ${pack.policy}: change its effective period${or}`,
        );
      case 'pointer-kept-moving':
        throw new CommandError(
          `${file} could not be published: others are publishing versions of ${pack.policy} right now. Try again.`,
        );
    }
  }
  return { published, alreadyPublished };
}
