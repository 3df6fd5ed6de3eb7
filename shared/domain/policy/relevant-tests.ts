import { ByteMemos } from './byte-memos.ts';
import type { CompiledPolicy, CompiledService } from './compiled-policy.ts';
import {
  DecisionDiagrams,
  type Diagram,
  MET_DIAGRAM,
  TooManyDiagrams,
  UNKNOWN_DIAGRAM,
  UNMET_DIAGRAM,
} from './decision-diagrams.ts';
import { NODE_ALL, NODE_ANY, NODE_AT_LEAST, NODE_CONDITION, NODE_NOT, NODE_TEST } from './node-kind.ts';
import { MET, MISSING } from './outcome.ts';

/** So many are kept for a root: to find one takes a hundred times as long as to look it up. */
const KEPT = 512;

/** Tests that can change the outcome of a root. */
export interface RelevantTests {
  /** Their nodes. */
  readonly nodes: ReadonlySet<number>;
  /** Lists of facts that would decide it, by what of each test's facts is missing: a few, kept by those who find them. */
  readonly lists: MissingList[];
}

/** The facts that would decide an outcome, where these are missing of the tests that can change it. */
export interface MissingList {
  readonly ofTests: readonly { readonly node: number; readonly facts: readonly string[] }[];
  readonly facts: readonly string[];
}

/** By place of a root: what was found, by the outcomes of its leaves. */
const memos = new WeakMap<CompiledPolicy, ByteMemos<RelevantTests>>();

/**
 * Those tests below the root of a service whose fact is missing that can change its outcome, whatever the other missing facts
 * turn out to be. A test can stand open and yet make no difference: of `X and c` or `Y and c`, where X is met, only c
 * does. Tests are taken to be independent of each other.
 */
export function relevantTests(
  policy: CompiledPolicy,
  outcomes: Uint8Array,
  service: CompiledService,
): RelevantTests {
  const found = memosOf(policy);
  const known = found.find(service.rootPlace, outcomes);
  if (known !== null) return known;
  const relevant = { nodes: findRelevant(policy, outcomes, service), lists: [] };
  found.keep(service.rootPlace, outcomes, relevant);
  return relevant;
}

function findRelevant(
  policy: CompiledPolicy,
  outcomes: Uint8Array,
  { root, leaves }: CompiledService,
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

function memosOf(policy: CompiledPolicy): ByteMemos<RelevantTests> {
  let found = memos.get(policy);
  if (found === undefined) {
    const leavesOfRoots: (readonly number[])[] = [];
    for (const { rootPlace, leaves } of policy.services) leavesOfRoots[rootPlace] = leaves;
    found = new ByteMemos(leavesOfRoots, KEPT);
    memos.set(policy, found);
  }
  return found;
}

/** How the outcome of a node follows from the tests whose fact is missing. */
function diagramOf(
  policy: CompiledPolicy,
  outcomes: Uint8Array,
  node: number,
  diagrams: DecisionDiagrams,
  made: Map<number, Diagram>,
): Diagram {
  const outcome = outcomes[node]!;
  // What is decided stays so, whatever is still to be told (Kleene).
  if (outcome <= MET) return outcome === MET ? MET_DIAGRAM : UNMET_DIAGRAM;
  let diagram = made.get(node);
  if (diagram !== undefined) return diagram;
  const { nodeKind, nodeOperand, childStart, children } = policy;
  const below = () => {
    const parts: Diagram[] = [];
    for (let index = childStart[node]!; index < childStart[node + 1]!; index++) {
      parts.push(diagramOf(policy, outcomes, children[index]!, diagrams, made));
    }
    return parts;
  };
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
      diagram = outcome === MISSING ? diagrams.variable(node) : UNKNOWN_DIAGRAM;
  }
  made.set(node, diagram);
  return diagram;
}
