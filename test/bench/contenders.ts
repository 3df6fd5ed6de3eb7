import type { CompiledPolicy } from '../../shared/domain/policy/compiled-policy.ts';
import { decideFacts } from '../../shared/domain/policy/evaluate.ts';
import { evaluateEligibility } from '../../shared/domain/policy/evaluate-eligibility.ts';
import { ConditionsJson } from '../../shared/domain/policy/render/conditions-json.ts';
import { policyFragments } from '../../shared/domain/policy/render/service-fragments.ts';
import type { Resident } from '../../shared/domain/resident/resident.ts';
import { answer, FORMS, type Form } from './answer.ts';
import { handWritten } from './hand-written.ts';
import type { Peer, SliceOutcomes } from './peers/peer.ts';
import { decide, type Population } from './population.ts';
import type { Product } from './product.ts';
import type { Contender } from './rounds.ts';
import { SLICE } from './slice.ts';
import type { SliceFacts } from './slice-facts.ts';

/**
 * What takes microseconds is given all residents in each round: a tenth of a second and more, so that what others left of the
 * caches is not most of what is measured. What takes longer is given the next ones, so that all have their turn.
 */
const RESIDENTS_A_ROUND = 2_500;

/** Where what came out goes, so that no compiler can find that nobody wants it. */
const sink = { total: 0 };

function take(form: Form): (text: string) => void {
  const taken = FORMS[form];
  return (text) => {
    sink.total += taken(text);
  };
}

/** What the product is measured doing; the names are those of the printed table. */
export const PRODUCT = {
  derived: 'outcomes, whole policy, facts derived',
  outcomes: 'outcomes, whole policy, from summaries',
  outcomesFromHistories: 'outcomes, whole policy, from histories',
  sliceDerived: 'outcomes, slice, facts derived',
  reasons: 'reasons of every condition, slice, facts derived',
  reasonsFlat: '… copied into one string',
  full: 'full answers, whole policy, from summaries',
  fullFromHistories: 'full answers, whole policy, from histories',
  fullSlice: 'full answers, slice, from summaries',
  json: 'JSON in to JSON out, whole policy, from histories',
  jsonFlat: '… copied into one string',
} as const;

export function productContenders(
  { history, policy, asOf }: Product,
  slice: CompiledPolicy,
  { summaries, histories, requests }: Population,
): Contender[] {
  const all = summaries.length;
  const perRound = Math.min(all, RESIDENTS_A_ROUND);
  /** From what the peers are given too: facts that are derived. */
  const derived = (name: string, of: CompiledPolicy): Contender => {
    const facts = summaries.map((resident) => decide(of, resident, asOf).facts);
    const byNode = new Uint8Array(of.nodeKind.length);
    return {
      name,
      perRound: all,
      run(first, count) {
        for (let index = first; index < first + count; index++) {
          decideFacts(of, facts[index]!, asOf, byNode);
          for (const { root } of of.services) sink.total += byNode[root]!;
        }
      },
    };
  };
  /** What a trace tells as well: every condition with its outcome and what it found, and here its source too. */
  const reasons = (name: string, of: CompiledPolicy, form: (text: string) => void): Contender => {
    const facts = summaries.map((resident) => decide(of, resident, asOf).facts);
    const byNode = new Uint8Array(of.nodeKind.length);
    const fragments = policyFragments(of, 'zh-CN');
    return {
      name,
      perRound: all,
      run(first, count) {
        for (let index = first; index < first + count; index++) {
          decideFacts(of, facts[index]!, asOf, byNode);
          const run = { policy: of, facts: facts[index]!, outcomes: byNode };
          const conditions = new ConditionsJson(run, fragments);
          let text = '';
          for (const service of fragments.services) text += conditions.all(service);
          form(text);
        }
      },
    };
  };
  const outcomes = (name: string, of: CompiledPolicy, residents: readonly Resident[]): Contender => ({
    name,
    perRound: all,
    run(first, count) {
      for (let index = first; index < first + count; index++) {
        const run = decide(of, residents[index]!, asOf);
        for (const { root } of of.services) sink.total += run.outcomes[root]!;
      }
    },
  });
  const full = (name: string, residents: readonly Resident[], services?: readonly string[]): Contender => {
    const whole = { asOf, explain: 'full', language: 'zh-CN' } as const;
    const options = services === undefined ? whole : { ...whole, services };
    return {
      name,
      perRound,
      run(first, count) {
        for (let index = first; index < first + count; index++) {
          sink.total += evaluateEligibility(history, residents[index]!, options).length;
        }
      },
    };
  };
  const json = (name: string, form: (text: string) => void): Contender => ({
    name,
    perRound,
    run(first, count) {
      for (let index = first; index < first + count; index++) form(answer(history, requests[index]!));
    },
  });
  const [inPieces, inOneString] = [take('pieces'), take('one')];
  return [
    derived(PRODUCT.derived, policy),
    derived(PRODUCT.sliceDerived, slice),
    reasons(PRODUCT.reasons, slice, inPieces),
    reasons(PRODUCT.reasonsFlat, slice, inOneString),
    outcomes(PRODUCT.outcomes, policy, summaries),
    outcomes(PRODUCT.outcomesFromHistories, policy, histories),
    full(PRODUCT.full, summaries),
    full(PRODUCT.fullFromHistories, histories),
    full(PRODUCT.fullSlice, summaries, SLICE),
    json(PRODUCT.json, inPieces),
    json(PRODUCT.jsonFlat, inOneString),
  ];
}

export function handWrittenContender(facts: readonly SliceFacts[]): Contender {
  const outcomes = {} as SliceOutcomes;
  return {
    name: 'hand-written',
    perRound: facts.length,
    run(first, count) {
      for (let index = first; index < first + count; index++) {
        handWritten(facts[index]!, outcomes);
        for (const code of SLICE) sink.total += outcomes[code];
      }
    },
  };
}

/** What is slow takes fewer residents a round. */
export function peerContenders(peer: Peer, facts: readonly SliceFacts[], perRound: number): Contender[] {
  return [
    {
      name: `${peer.name}, outcomes`,
      perRound,
      run: (first, count) => inFlight(peer, first, count, (index) => peer.decide(facts[index]!)),
    },
    {
      name: `${peer.name}, trace`,
      perRound,
      run: (first, count) =>
        inFlight(peer, first, count, async (index) => {
          sink.total += (await peer.explain(facts[index]!)).size;
        }),
    },
  ];
}

async function inFlight(
  peer: Peer,
  first: number,
  count: number,
  evaluate: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = first;
  const worker = async () => {
    while (next < first + count) await evaluate(next++);
  };
  await Promise.all(Array.from({ length: peer.inFlight }, worker));
}
