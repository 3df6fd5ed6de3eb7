import type { CompiledPolicy } from './compiled-policy.ts';
import {
  DecisionDiagrams,
  type Diagram,
  MET_DIAGRAM,
  TooManyDiagrams,
  UNKNOWN_DIAGRAM,
  UNMET_DIAGRAM,
} from './decision-diagrams.ts';
import {
  NODE_ALL,
  NODE_ANY,
  NODE_AT_LEAST,
  NODE_CONDITION,
  NODE_NOT,
  NODE_SOURCE,
  NODE_TEST,
} from './node-kind.ts';
import { MET, MISSING } from './outcome.ts';
import { OutcomeMemo } from './outcome-memo.ts';

/** So many are kept for a root: to find one takes a hundred times as long as to look it up. */
const KEPT = 512;

/** By policy and root: what was found for the outcomes of the tests and sources below. */
const memos = new WeakMap<CompiledPolicy, Map<number, OutcomeMemo<ReadonlySet<number>>>>();

/**
 * The nodes of those tests below `root` whose fact is missing that can change its outcome, whatever the other missing
 * facts turn out to be. A test can stand open and yet make no difference: of `X and c` or `Y and c`, where X is met, only c
 * does. Tests are taken to be independent of each other.
 */
export function relevantTests(
  policy: CompiledPolicy,
  outcomes: Uint8Array,
  root: number,
): ReadonlySet<number> {
  const memo = memoOf(policy, root);
  const known = memo.find(outcomes);
  if (known !== null) return known;
  const relevant = findRelevant(policy, outcomes, root, memo.nodes);
  memo.keep(outcomes, relevant);
  return relevant;
}

/** `leaves`: the tests and sources below the root. */
function findRelevant(
  policy: CompiledPolicy,
  outcomes: Uint8Array,
  root: number,
  leaves: readonly number[],
): ReadonlySet<number> {
  const open = new Set(
    leaves.filter((node) => policy.nodeKind[node] === NODE_TEST && outcomes[node] === MISSING),
  );
  // One that can change nothing is not asked about at all.
  if (open.size === 1) return open;
  try {
    const diagrams = new DecisionDiagrams();
    const relevant = diagrams.variablesOf(diagramOf(policy, outcomes, root, diagrams, new Map()));
    // `a or not a` depends on nothing, and yet is not decided before a is known.
    return relevant.size > 0 ? relevant : open;
  } catch (error) {
    if (error instanceof TooManyDiagrams) return open;
    throw error;
  }
}

function memoOf(policy: CompiledPolicy, root: number): OutcomeMemo<ReadonlySet<number>> {
  let byRoot = memos.get(policy);
  if (byRoot === undefined) {
    byRoot = new Map();
    memos.set(policy, byRoot);
  }
  let memo = byRoot.get(root);
  if (memo === undefined) {
    memo = new OutcomeMemo(leavesBelow(policy, root), KEPT);
    byRoot.set(root, memo);
  }
  return memo;
}

/** Tests and sources: the outcomes of all other nodes follow from theirs. */
function leavesBelow({ nodeKind, childStart, children }: CompiledPolicy, root: number): number[] {
  const reached = new Set([root]);
  // A set goes on to what is added to it on the way.
  for (const node of reached) {
    for (let index = childStart[node]!; index < childStart[node + 1]!; index++) reached.add(children[index]!);
  }
  return [...reached].filter((node) => nodeKind[node] === NODE_TEST || nodeKind[node] === NODE_SOURCE);
}

/** How the outcome of a node follows from the tests whose fact is missing. */
function diagramOf(
  policy: CompiledPolicy,
  outcomes: Uint8Array,
  node: number,
  diagrams: DecisionDiagrams,
  made: Map<number, Diagram>,
): Diagram {
  let diagram = made.get(node);
  if (diagram !== undefined) return diagram;
  const { nodeKind, nodeOperand, childStart, children } = policy;
  const outcome = outcomes[node]!;
  const below = () =>
    Array.from(children.subarray(childStart[node]!, childStart[node + 1]!), (child) =>
      diagramOf(policy, outcomes, child, diagrams, made),
    );
  switch (nodeKind[node]) {
    case NODE_ALL:
      diagram = below().reduce((left, right) => diagrams.all(left, right));
      break;
    case NODE_ANY:
      diagram = below().reduce((left, right) => diagrams.any(left, right));
      break;
    case NODE_NOT:
      diagram = diagrams.not(below()[0]!);
      break;
    case NODE_AT_LEAST:
      diagram = diagrams.atLeast(nodeOperand[node]!, below());
      break;
    case NODE_CONDITION: {
      const [child, source] = below();
      diagram = source === MET_DIAGRAM ? child! : UNKNOWN_DIAGRAM;
      break;
    }
    default:
      if (outcome <= MET) diagram = outcome === MET ? MET_DIAGRAM : UNMET_DIAGRAM;
      else diagram = outcome === MISSING ? diagrams.variable(node) : UNKNOWN_DIAGRAM;
  }
  made.set(node, diagram);
  return diagram;
}
