import { NODE_ALL, NODE_ANY, NODE_CONDITION, NODE_NOT, NODE_TEST } from './compiled-policy.ts';
import type { PolicyRun } from './evaluate.ts';
import { BASIS_EXPIRED, MET, MISSING, UNMET } from './outcome.ts';

/**
 * Facts that could change the outcome at `root`, the smallest set that could make it `met` first, then those that
 * could only make it `unmet`; within each the order of the pack. Empty when the outcome is decided, or when nothing
 * the caller could say would decide it.
 */
export function missingFacts(run: PolicyRun, root: number): string[] {
  const search = new Search(run);
  if (run.outcomes[root]! <= MET) return [];
  const deciding = search.smallest(root, MET);
  const facts = new Set(deciding ?? []);
  search.collect(root, search.can(root, MET), search.can(root, UNMET), facts);
  return [...facts];
}

type Wanted = typeof MET | typeof UNMET;
const opposite = (wanted: Wanted): Wanted => (wanted === MET ? UNMET : MET);

class Search {
  private readonly run: PolicyRun;

  constructor(run: PolicyRun) {
    this.run = run;
  }

  /** Whether a node has the wanted outcome, or could have it if missing facts were given. */
  can(node: number, wanted: Wanted): boolean {
    const outcome = this.run.outcomes[node]!;
    if (outcome <= MET) return outcome === wanted;
    const kind = this.kind(node);
    if (kind === NODE_TEST) return outcome === MISSING;
    if (kind === NODE_CONDITION) return outcome !== BASIS_EXPIRED && this.can(this.child(node), wanted);
    if (kind === NODE_NOT) return this.can(this.child(node), opposite(wanted));
    let able = 0;
    const { childStart, children } = this.run.policy;
    for (let index = childStart[node]!; index < childStart[node + 1]!; index++) {
      if (this.can(children[index]!, wanted)) able += 1;
    }
    return able >= this.needed(node, wanted);
  }

  /** The smallest set of missing facts that could give a node the wanted outcome; null when none can. */
  smallest(node: number, wanted: Wanted): readonly string[] | null {
    const outcome = this.run.outcomes[node]!;
    if (outcome <= MET) return outcome === wanted ? [] : null;
    const kind = this.kind(node);
    if (kind === NODE_TEST) return outcome === MISSING ? this.factsOf(node) : null;
    if (kind === NODE_CONDITION)
      return outcome === BASIS_EXPIRED ? null : this.smallest(this.child(node), wanted);
    if (kind === NODE_NOT) return this.smallest(this.child(node), opposite(wanted));
    const sets = this.children(node)
      .map((child) => this.smallest(child, wanted))
      .filter((set) => set !== null);
    const needed = this.needed(node, wanted);
    if (sets.length < needed) return null;
    if (sets.length === needed) return union(sets);
    // The order of the pack breaks ties, so that equal input gives equal bytes.
    return union(sets.sort((a, b) => a.length - b.length).slice(0, needed));
  }

  /** Adds the facts below a node that could make it met (where that matters) or unmet (where that does). */
  collect(node: number, metMatters: boolean, unmetMatters: boolean, facts: Set<string>): void {
    const outcome = this.run.outcomes[node]!;
    if (outcome <= MET || !(metMatters || unmetMatters)) return;
    const kind = this.kind(node);
    if (kind === NODE_TEST) {
      if (outcome === MISSING) for (const fact of this.factsOf(node)) facts.add(fact);
    } else if (kind === NODE_CONDITION) {
      if (outcome !== BASIS_EXPIRED) this.collect(this.child(node), metMatters, unmetMatters, facts);
    } else if (kind === NODE_NOT) {
      this.collect(this.child(node), unmetMatters, metMatters, facts);
    } else {
      // A child matters for an outcome of its parent only where that outcome can be had at all.
      const met = metMatters && this.can(node, MET);
      const unmet = unmetMatters && this.can(node, UNMET);
      for (const child of this.children(node)) this.collect(child, met, unmet, facts);
    }
  }

  /** How many children must have the wanted outcome for the node to have it. */
  private needed(node: number, wanted: Wanted): number {
    const total = this.run.policy.childStart[node + 1]! - this.run.policy.childStart[node]!;
    const kind = this.kind(node);
    const forMet = kind === NODE_ALL ? total : kind === NODE_ANY ? 1 : this.run.policy.nodeOperand[node]!;
    return wanted === MET ? forMet : total - forMet + 1;
  }

  private kind(node: number): number {
    return this.run.policy.nodeKind[node]!;
  }

  private child(node: number): number {
    return this.run.policy.children[this.run.policy.childStart[node]!]!;
  }

  private children(node: number): number[] {
    const { childStart, children } = this.run.policy;
    return Array.from(children.subarray(childStart[node]!, childStart[node + 1]!));
  }

  private factsOf(node: number): readonly string[] {
    const { policy, life, facts } = this.run;
    const { fact, boundsForWomen } = policy.tests[policy.nodeOperand[node]!]!;
    const missing = policy.facts[fact]!.missing(life);
    if (boundsForWomen === null || facts.state[policy.sexFact] === 0) return missing;
    return [...missing, 'sex'];
  }
}

function union(sets: readonly (readonly string[])[]): string[] {
  return [...new Set(sets.flat())];
}
