import type { CallerOf } from '../../shared/contract/caller.ts';
import type { Decision } from '../../shared/domain/decisions/decision.ts';

/**
 * Whether a clerk may see a stored decision: what a counter decided is for its own district. What third parties were
 * answered has no district; whoever reviews decisions may see it.
 */
export function mayReview(clerk: CallerOf<'counter'>, { caller }: Pick<Decision, 'caller'>): boolean {
  return caller.kind !== 'clerk' || caller.district === clerk.district;
}
