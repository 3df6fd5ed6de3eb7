import { packDigest } from './digest.ts';
import type { Pack } from './pack-schema.ts';
import { overlap } from './period.ts';
import type { PolicyPointer, PolicyStore } from './policy-store.ts';

export interface PublishPolicyOptions<Finding> {
  readonly store: PolicyStore;
  /** What is wrong with the pack; one finding is enough to refuse it. */
  readonly lint: (pack: Pack) => readonly Finding[] | Promise<readonly Finding[]>;
  /** The instant of publication, RFC 3339: the clock is the caller's. */
  readonly publishedAt: string;
  /** How often a pointer that another publisher moved is read again. */
  readonly maxAttempts?: number;
}

export type PublishedPolicy<Finding> =
  | { readonly outcome: 'published'; readonly digest: string }
  /** This very pack is published; nothing was done. */
  | { readonly outcome: 'already-published'; readonly digest: string }
  /** The version has another content; versions are append-only, so the change needs a version of its own. */
  | { readonly outcome: 'version-exists'; readonly digest: string; readonly publishedDigest: string | null }
  /** On some days two versions would be in force. */
  | { readonly outcome: 'overlaps'; readonly digest: string; readonly versions: readonly string[] }
  | { readonly outcome: 'lint-failed'; readonly findings: readonly Finding[] }
  /** Others went on publishing versions of this policy; trying again later may help. */
  | { readonly outcome: 'pointer-kept-moving'; readonly attempts: number };

/**
 * Publishes one version of a policy. The only way to publish: commands, pipelines and the local platform all come
 * through here, so that no pack that fails its lint is ever in force.
 *
 * @throws PolicyStoreUnavailable when the store does not answer; the version is then published or not, and publishing
 *   again says which.
 */
export async function publishPolicy<Finding>(
  pack: Pack,
  { store, lint, publishedAt, maxAttempts = 5 }: PublishPolicyOptions<Finding>,
): Promise<PublishedPolicy<Finding>> {
  const digest = packDigest(pack);
  let linted = false;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const pointer = await store.readPointer(pack.policy);
    const refusal = refusalBy(pointer, pack, digest);
    if (refusal !== null) return refusal;
    if (!linted) {
      // Only here, since it is the dear part: what is published already has passed it.
      const findings = await lint(pack);
      if (findings.length > 0) return { outcome: 'lint-failed', findings };
      linted = true;
    }
    const outcome = await store.publish(pack, digest, publishedAt, pointer?.revision ?? null);
    if (outcome === 'published') return { outcome, digest };
    if (outcome === 'digest-exists') return { outcome: 'already-published', digest };
    if (outcome === 'version-exists') return { outcome, digest, publishedDigest: null };
  }
  return { outcome: 'pointer-kept-moving', attempts: maxAttempts };
}

/** What the published versions already say against this one; `null` when nothing does. */
function refusalBy(
  pointer: PolicyPointer | null,
  pack: Pack,
  digest: string,
): Exclude<PublishedPolicy<never>, { outcome: 'published' | 'lint-failed' }> | null {
  const versions = pointer?.versions ?? [];
  const sameName = versions.find(({ version }) => version === pack.version);
  if (sameName?.digest === digest) return { outcome: 'already-published', digest };
  if (sameName !== undefined) {
    return { outcome: 'version-exists', digest, publishedDigest: sameName.digest };
  }
  const overlapping = versions.filter(({ effective }) => overlap(effective, pack.effective));
  if (overlapping.length > 0) {
    return { outcome: 'overlaps', digest, versions: overlapping.map(({ version }) => version) };
  }
  return null;
}
