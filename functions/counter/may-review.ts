import type { CallerOf } from '../../shared/contract/caller.ts';
import type { Decision } from '../../shared/domain/decisions/decision.ts';
import { liesIn } from '../../shared/domain/policy/areas.ts';

/**
 * Whether a clerk may have a decision made again, which tells nothing of the person: those they may see, and those about what
 * third parties were answered, which are no counter's and must be checked somewhere.
 */
export function mayReplay(clerk: CallerOf<'counter'>, decision: Pick<Decision, 'caller'>): boolean {
  return decision.caller.kind === 'partner' || mayReview(clerk, decision);
}

/**
 * Whether a clerk may see a stored decision: one that was made at a counter of their district, or of one in the city where
 * that is theirs. What third parties were answered is for no counter.
 */
export function mayReview(clerk: CallerOf<'counter'>, { caller }: Pick<Decision, 'caller'>): boolean {
  return caller.kind === 'clerk' && liesIn(caller.district, clerk.district);
}
