import type { Kleene } from '../hand-written.ts';
import type { SliceService } from '../slice.ts';
import type { SliceFacts } from '../slice-facts.ts';

export type SliceOutcomes = Record<SliceService, Kleene>;

export interface Explained {
  readonly outcomes: SliceOutcomes;
  /** How much there is of the trace: kept, so that making it cannot be optimised away. */
  readonly size: number;
}

/** The engines compared with, by name. */
export const PEERS = ['json-rules-engine', 'zen-engine'] as const;

/** Another rule engine with the slice's rules, made ready once. */
export interface Peer {
  readonly name: (typeof PEERS)[number];
  /** Outcomes of the slice from facts already derived. */
  decide(facts: SliceFacts): Promise<SliceOutcomes>;
  /** The same with every reason the engine can give. */
  explain(facts: SliceFacts): Promise<Explained>;
  /** How many evaluations to have under way at once for it to be fastest: more than one where it has threads of its own. */
  readonly inFlight: number;
  close(): void;
}
