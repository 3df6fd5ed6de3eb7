import type { CivilDate } from '../../shared/domain/calendar/civil-date.ts';
import type { CompiledPolicy } from '../../shared/domain/policy/compiled-policy.ts';
import { MET, UNMET } from '../../shared/domain/policy/outcome.ts';
import type { Resident } from '../../shared/domain/resident/resident.ts';
import { handWritten, type Kleene, NO, UNKNOWN, YES } from './hand-written.ts';
import type { Peer, SliceOutcomes } from './peers/peer.ts';
import { decide } from './population.ts';
import { SLICE } from './slice.ts';
import type { SliceFacts } from './slice-facts.ts';

export interface Disagreement {
  readonly resident: number;
  readonly who: string;
  readonly service: string;
  readonly product: Kleene;
  readonly other: Kleene | undefined;
}

/**
 * Every outcome of the slice on which the product, evaluating the whole policy from what residents state, and another
 * contender, from what was derived of them, do not agree. Figures for speed mean nothing while there is one.
 */
export async function findDisagreements(
  policy: CompiledPolicy,
  residents: readonly Resident[],
  facts: readonly SliceFacts[],
  asOf: CivilDate,
  peers: readonly Peer[],
): Promise<Disagreement[]> {
  const found: Disagreement[] = [];
  const roots = SLICE.map((code) => policy.services[policy.serviceIndex.get(code)!]!.root);
  const byHand = {} as SliceOutcomes;
  for (const [index, resident] of residents.entries()) {
    const { outcomes } = decide(policy, resident, asOf);
    const compare = (who: string, others: SliceOutcomes) => {
      for (const [position, service] of SLICE.entries()) {
        const product = kleene(outcomes[roots[position]!]!);
        const other = others[service];
        if (product !== other) found.push({ resident: index, who, service, product, other });
      }
    };
    handWritten(facts[index]!, byHand);
    compare('hand-written', byHand);
    for (const peer of peers) {
      compare(peer.name, await peer.decide(facts[index]!));
      compare(`${peer.name} explaining`, (await peer.explain(facts[index]!)).outcomes);
    }
  }
  return found;
}

function kleene(outcome: number): Kleene {
  return outcome === MET ? YES : outcome === UNMET ? NO : UNKNOWN;
}
