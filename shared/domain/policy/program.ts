import type { CompiledPolicy } from './compiled-policy.ts';
import { NODE_ALL, NODE_ANY, NODE_CONDITION, NODE_NOT } from './node-kind.ts';
import { BASIS_EXPIRED, MET, UNAVAILABLE, UNMET } from './outcome.ts';

/** How the outcomes of nodes follow from each other, children first. */
export interface Program {
  /**
   * Instructions of two words: two nodes (left, right in the upper half); the kind of node, where its table of decisions
   * begins, and in the upper half the node whose outcome follows from the outcomes of these two. What has more than two
   * children has one instruction for each but the first.
   *
   * Packed, because reading four numbers takes longer than taking two apart; by depth, because an instruction that needs
   * what the one before it has just written must wait for it.
   */
  readonly instructions: Uint32Array;
  /** At-leasts, which no table decides, and before which position of the instructions each is to be decided. */
  readonly atLeasts: readonly { readonly node: number; readonly position: number }[];
}

export interface Instruction {
  readonly kind: number;
  readonly left: number;
  readonly right: number;
  readonly node: number;
}

/** Packs nodes, each given after its children, with the instructions for each; an at-least has none. */
export function packProgram(
  nodes: readonly { node: number; children: readonly number[]; instructions: readonly Instruction[] }[],
): Program {
  const depths = new Map<number, number>();
  const placed: { depth: number; node: number; instruction: Instruction | null }[] = [];
  for (const { node, children, instructions } of nodes) {
    for (const instruction of instructions) {
      const depth = 1 + Math.max(depths.get(instruction.left) ?? 0, depths.get(instruction.right) ?? 0);
      placed.push({ depth, node, instruction });
      depths.set(node, depth);
    }
    if (instructions.length === 0 && children.length > 0) {
      const depth = 1 + Math.max(...children.map((child) => depths.get(child) ?? 0));
      placed.push({ depth, node, instruction: null });
      depths.set(node, depth);
    }
  }
  placed.sort((a, b) => a.depth - b.depth);
  const words: number[] = [];
  const atLeasts: { node: number; position: number }[] = [];
  for (const { node, instruction } of placed) {
    if (instruction === null) atLeasts.push({ node, position: words.length });
    else words.push((instruction.right << 16) | instruction.left, (node << 16) | (instruction.kind << 6));
  }
  return { instructions: Uint32Array.from(words), atLeasts };
}

/**
 * Runs a program over bytes by node: those of tests and sources are in, those of its other nodes are written. What
 * follows from two bytes stands in `decisions`; `atLeast` decides what they do not.
 */
export function runProgram(
  policy: CompiledPolicy,
  { instructions, atLeasts }: Program,
  byNode: Uint8Array,
  decisions: Uint8Array = DECISIONS,
  atLeast: (policy: CompiledPolicy, node: number, byNode: Uint8Array) => number = decideAtLeast,
): void {
  let start = 0;
  for (const { node, position } of atLeasts) {
    runInstructions(instructions, start, position, byNode, decisions);
    byNode[node] = atLeast(policy, node, byNode);
    start = position;
  }
  runInstructions(instructions, start, instructions.length, byNode, decisions);
}

/** The loop in which everything is decided: nothing but look-ups. */
function runInstructions(
  instructions: Uint32Array,
  start: number,
  end: number,
  byNode: Uint8Array,
  decisions: Uint8Array,
): void {
  for (let at = start; at < end; at += 2) {
    const children = instructions[at]!;
    const parent = instructions[at + 1]!;
    byNode[parent >>> 16] =
      decisions[(parent & 0xffff) | (byNode[children & 0xffff]! << 3) | byNode[children >>> 16]!]!;
  }
}

/** The outcome of a node of a kind (not of an at-least) from those of two children. */
export function decide(kind: number, left: number, right: number): number {
  return DECISIONS[(kind << 6) | (left << 3) | right]!;
}

/** A table of decisions: by kind of node and two bytes of up to three bits, whatever `decision` says. */
export function decisionTable(decision: (kind: number, left: number, right: number) => number): Uint8Array {
  return Uint8Array.from({ length: (NODE_CONDITION + 1) << 6 }, (_, index) =>
    decision(index >> 6, (index >> 3) & 7, index & 7),
  );
}

/**
 * By kind of node and outcomes of two children: its own outcome. A look-up, because a branch on outcomes that differ
 * from person to person is what a processor guesses wrong.
 *
 * Kleene: an unmet child decides an `all`, a met one an `any`, whatever else is unknown. Of several reasons the first
 * in the order of outcome.ts is named.
 */
const DECISIONS = decisionTable((kind, left, right) => {
  const isEither = (outcome: number) => left === outcome || right === outcome;
  const reason = Math.min(...[left, right].filter((outcome) => outcome > MET));
  const isKnown = reason === Number.POSITIVE_INFINITY;
  switch (kind) {
    case NODE_ALL:
      return isEither(UNMET) ? UNMET : isKnown ? MET : reason;
    case NODE_ANY:
      return isEither(MET) ? MET : isKnown ? UNMET : reason;
    case NODE_NOT:
      return left === MET ? UNMET : left === UNMET ? MET : left;
    case NODE_CONDITION:
      return right === MET ? left : BASIS_EXPIRED;
    default:
      return UNMET;
  }
});

function decideAtLeast(policy: CompiledPolicy, node: number, outcomes: Uint8Array): number {
  const { nodeOperand, childStart, children } = policy;
  const [first, end] = [childStart[node]!, childStart[node + 1]!];
  let met = 0;
  let unmet = 0;
  let reason: number = UNAVAILABLE;
  for (let index = first; index < end; index++) {
    const child = outcomes[children[index]!]!;
    if (child === MET) met += 1;
    else if (child === UNMET) unmet += 1;
    else if (child < reason) reason = child;
  }
  if (met >= nodeOperand[node]!) return MET;
  return end - first - unmet < nodeOperand[node]! ? UNMET : reason;
}
