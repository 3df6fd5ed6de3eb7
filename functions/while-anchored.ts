import type { AnchorWatch } from '../shared/domain/audit/anchor-watch.ts';

type Operation = (input: never) => unknown;

/**
 * Operations that are answered only while the audit is anchored: asked before anything is read of anybody.
 *
 * Each throws AuditNotAnchored then ({@link import('./anchor-problems.ts').readAnchorProblem}).
 */
export function whileAnchored<Operations extends Readonly<Record<string, Operation>>>(
  watch: Pick<AnchorWatch, 'requireAnchored'>,
  operations: Operations,
): Operations {
  const guarded = Object.entries(operations).map(([id, operation]): [string, Operation] => [
    id,
    async (input) => {
      await watch.requireAnchored();
      return operation(input);
    },
  ]);
  return Object.fromEntries(guarded) as Operations;
}
