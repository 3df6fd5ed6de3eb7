import type { CompiledPolicy, Program } from './compiled-policy.ts';
import { NODE_ALL, NODE_ANY, NODE_CONDITION, NODE_NOT } from './node-kind.ts';
import { BASIS_EXPIRED, MET, UNAVAILABLE, UNMET } from './outcome.ts';

export interface Instruction {
  readonly kind: number;
  /** One to three, of which one may be the node itself. */
  readonly operands: readonly number[];
  readonly node: number;
}

const WORDS_OF_INSTRUCTION = 3;

/** Packs nodes, each given after its children, with the instructions for each; an at-least has none. */
export function packProgram(
  nodes: readonly { node: number; children: readonly number[]; instructions: readonly Instruction[] }[],
): Program {
  const depths = new Map<number, number>();
  const placed: { depth: number; node: number; instruction: Instruction | null }[] = [];
  const place = (node: number, needs: readonly number[], instruction: Instruction | null) => {
    const depth = 1 + Math.max(...needs.map((need) => depths.get(need) ?? 0));
    placed.push({ depth, node, instruction });
    depths.set(node, depth);
  };
  for (const { node, children, instructions } of nodes) {
    for (const instruction of instructions) place(node, instruction.operands, instruction);
    if (instructions.length === 0 && children.length > 0) place(node, children, null);
  }
  placed.sort((a, b) => a.depth - b.depth);
  const words: number[] = [];
  const atLeasts: { node: number; position: number }[] = [];
  for (const { node, instruction } of placed) {
    if (instruction === null) atLeasts.push({ node, position: words.length });
    else words.push(...packInstruction(instruction));
  }
  return { instructions: Uint32Array.from(words), atLeasts };
}

function packInstruction({ kind, operands, node }: Instruction): [number, number, number] {
  const [left, middle = left, right = middle] = operands;
  // What is decided of two is decided of them and the second once more.
  return [(middle! << 16) | left!, (node << 16) | right!, kind << BITS_OF_OPERANDS];
}

/**
 * Runs a program over bytes by node: those of tests and sources are in, those of its other nodes are written. What
 * follows from two or three bytes stands in `decisions`; `atLeast` decides what they do not.
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
  for (let at = start; at < end; at += WORDS_OF_INSTRUCTION) {
    const first = instructions[at]!;
    const second = instructions[at + 1]!;
    byNode[second >>> 16] =
      decisions[
        instructions[at + 2]! |
          (byNode[first & 0xffff]! << 6) |
          (byNode[first >>> 16]! << 3) |
          byNode[second & 0xffff]!
      ]!;
  }
}

/** The outcome of a node of a kind (not of an at-least) from those of two children. */
export function decide(kind: number, left: number, right: number): number {
  return DECISIONS[(kind << BITS_OF_OPERANDS) | (left << 6) | (right << 3) | right]!;
}

/** Three operands of three bits. */
const BITS_OF_OPERANDS = 9;
const DECIDED_KINDS = [NODE_ALL, NODE_ANY, NODE_NOT, NODE_CONDITION];

/**
 * A table of decisions: by kind of node and three bytes of up to three bits, whatever `decision` says of two. An `all` or
 * `any` of three is that of the first two and the third; the other kinds do not look at a third.
 */
export function decisionTable(decision: (kind: number, left: number, right: number) => number): Uint8Array {
  const table = new Uint8Array((NODE_CONDITION + 1) << BITS_OF_OPERANDS);
  for (const kind of DECIDED_KINDS) {
    const ofTwo = new Uint8Array(64);
    for (let pair = 0; pair < 64; pair++) ofTwo[pair] = decision(kind, pair >> 3, pair & 7);
    const looksAtThird = kind === NODE_ALL || kind === NODE_ANY;
    for (let operands = 0; operands < 1 << BITS_OF_OPERANDS; operands++) {
      const two = ofTwo[operands >> 3]!;
      table[(kind << BITS_OF_OPERANDS) | operands] = looksAtThird ? ofTwo[(two << 3) | (operands & 7)]! : two;
    }
  }
  return table;
}

/**
 * By kind of node and outcomes of two children: its own outcome. A look-up, because a branch on outcomes that differ
 * from person to person is what a processor guesses wrong.
 *
 * Kleene: an unmet child decides an `all`, a met one an `any`, whatever else is unknown. Of several reasons the first
 * in the order of outcome.ts is named.
 */
const DECISIONS = decisionTable((kind, left, right) => {
  const [less, more] = left < right ? [left, right] : [right, left];
  // Of two known ones the greater decides nothing that the cases below have not decided.
  const reason = less > MET ? less : more;
  switch (kind) {
    case NODE_ALL:
      return less === UNMET ? UNMET : reason;
    case NODE_ANY:
      return less === MET || more === MET ? MET : reason;
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
