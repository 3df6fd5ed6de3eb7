import type { CompiledPolicy } from './compiled-policy.ts';
import { type RunRoom, runRoom } from './evaluate.ts';

/** What an evaluation under a policy writes in while it works. Nothing in it outlives the evaluation. */
export interface EvaluationRoom {
  /** The policy at asOf. */
  readonly now: RunRoom;
  /** The policy on later days. */
  readonly later: RunRoom;
  /** A byte a node: what time may make of it; what the caller may. */
  readonly possible: Uint8Array;
  readonly withinReach: Uint8Array;
  /** A byte a node: what would be if something were not kept. */
  readonly trial: Uint8Array;
}

export function evaluationRoom(policy: CompiledPolicy): EvaluationRoom {
  const nodes = policy.nodeKind.length;
  return {
    now: runRoom(policy),
    later: runRoom(policy),
    possible: new Uint8Array(nodes),
    withinReach: new Uint8Array(nodes),
    trial: new Uint8Array(nodes),
  };
}

const kept = new WeakMap<CompiledPolicy, EvaluationRoom>();

/**
 * The room that is kept for a policy: memory from outside the heap takes longer to get than a policy to be decided. One
 * will do, as an evaluation waits for nothing, and so ends before the next begins.
 */
export function keptRoom(policy: CompiledPolicy): EvaluationRoom {
  let room = kept.get(policy);
  if (room === undefined) {
    room = evaluationRoom(policy);
    kept.set(policy, room);
  }
  return room;
}
