import type { CompiledService } from './compiled-policy.ts';
import type { PolicyRun } from './evaluate.ts';
import { NODE_ALL, NODE_ANY, NODE_CONDITION, NODE_NOT, NODE_TEST } from './node-kind.ts';
import { BASIS_EXPIRED, MET, UNMET } from './outcome.ts';
import { outcomesWithinReach } from './possible-outcomes.ts';
import { type MissingList, relevantTests } from './relevant-tests.ts';

type Wanted = typeof MET | typeof UNMET;
const opposite = (wanted: Wanted): Wanted => (wanted === MET ? UNMET : MET);

type Facts = readonly string[];
const NONE: Facts = [];

/** Finds the facts that could change an outcome. Services rest on the same nodes: each is looked at once. */
export class MissingFacts {
  private readonly run: PolicyRun;
  /** By node: which outcomes can be had at all; written when it is first asked for. */
  private readonly within: Uint8Array;
  private isWithinKnown = false;
  /** By place of a root. */
  private readonly found: (Facts | undefined)[] = [];
  /** By column of a fact: which of its inputs are missing. */
  private readonly inputs: (Facts | undefined)[] = [];
  /** The tests that make a difference to the root that is looked at. */
  private relevant: ReadonlySet<number> = new Set();
  /** By node and wanted outcome; null: none can give it. Which tests are relevant differs from root to root. */
  private readonly sets = new Map<number, Facts | null>();

  /** @param within room for a byte a node. */
  constructor(run: PolicyRun, within: Uint8Array) {
    this.run = run;
    this.within = within;
  }

  /**
   * Facts that could change the outcome of a service, the smallest set that could make it `met` first (where none can:
   * `unmet`), then the others; within each the order of the pack. Empty when the outcome is decided, or when nothing the
   * caller could say would decide it.
   */
  of(service: CompiledService): Facts {
    const { root, rootPlace } = service;
    if (this.run.outcomes[root]! <= MET) return NONE;
    if (!this.isWithinKnown) {
      outcomesWithinReach(this.run, this.within);
      this.isWithinKnown = true;
    }
    if (this.within[root] === 0) return NONE;
    let facts = this.found[rootPlace];
    if (facts === undefined) {
      facts = this.ofOpen(service);
      this.found[rootPlace] = facts;
    }
    return facts;
  }

  private ofOpen(service: CompiledService): Facts {
    const { policy, outcomes } = this.run;
    const { root } = service;
    const { nodes, lists } = relevantTests(policy, outcomes, service);
    for (const list of lists) {
      if (this.isFor(list)) return list.facts;
    }
    this.relevant = nodes;
    this.sets.clear();
    const canBeMet = this.can(root, MET);
    const found = new Set(this.smallest(root, canBeMet ? MET : UNMET));
    this.collect(root, canBeMet, this.can(root, UNMET), found);
    const facts = [...found];
    if (lists.length < LISTS_KEPT) {
      lists.push({ ofTests: [...nodes].map((node) => ({ node, facts: this.factsOf(node) })), facts });
    }
    return facts;
  }

  /** Whether a list was found where the same facts were missing. */
  private isFor({ ofTests }: MissingList): boolean {
    for (const { node, facts } of ofTests) {
      if (!areSame(facts, this.factsOf(node))) return false;
    }
    return true;
  }

  /** Whether a node has the wanted outcome, or could have it if missing facts were given. */
  private can(node: number, wanted: Wanted): boolean {
    return (this.within[node]! & (1 << wanted)) !== 0;
  }

  /** The smallest set of missing facts that could give a node the wanted outcome; null when none that is relevant can. */
  private smallest(node: number, wanted: Wanted): Facts | null {
    const outcome = this.run.outcomes[node]!;
    if (outcome <= MET) return outcome === wanted ? NONE : null;
    if (!this.can(node, wanted)) return null;
    const key = node * 2 + wanted;
    let set = this.sets.get(key);
    if (set === undefined) {
      set = this.smallestSet(node, wanted);
      this.sets.set(key, set);
    }
    return set;
  }

  /** The same of a node that does not have the outcome, but can. */
  private smallestSet(node: number, wanted: Wanted): Facts | null {
    const kind = this.kind(node);
    if (kind === NODE_TEST) return this.relevant.has(node) ? this.factsOf(node) : null;
    if (kind === NODE_CONDITION) return this.smallest(this.child(node), wanted);
    if (kind === NODE_NOT) return this.smallest(this.child(node), opposite(wanted));
    const { childStart, children } = this.run.policy;
    const sets: Facts[] = [];
    let needed = this.needed(node, wanted);
    for (let index = childStart[node]!; index < childStart[node + 1]!; index++) {
      const set = this.smallest(children[index]!, wanted);
      if (set === NONE) needed -= 1;
      else if (set !== null) sets.push(set);
    }
    if (sets.length < needed) return null;
    // The order of the pack breaks ties, so that equal input gives equal bytes.
    if (sets.length > needed) sets.sort((a, b) => a.length - b.length).length = needed;
    return union(sets);
  }

  /** Adds the facts below a node that could make it met (where that matters) or unmet (where that does). */
  private collect(node: number, metMatters: boolean, unmetMatters: boolean, facts: Set<string>): void {
    const outcome = this.run.outcomes[node]!;
    if (outcome <= MET || !(metMatters || unmetMatters)) return;
    const kind = this.kind(node);
    if (kind === NODE_TEST) {
      if (this.relevant.has(node)) for (const fact of this.factsOf(node)) facts.add(fact);
    } else if (kind === NODE_CONDITION) {
      if (outcome !== BASIS_EXPIRED) this.collect(this.child(node), metMatters, unmetMatters, facts);
    } else if (kind === NODE_NOT) {
      this.collect(this.child(node), unmetMatters, metMatters, facts);
    } else {
      // A child matters for an outcome of its parent only where that outcome can be had at all.
      const met = metMatters && this.can(node, MET);
      const unmet = unmetMatters && this.can(node, UNMET);
      const { childStart, children } = this.run.policy;
      for (let index = childStart[node]!; index < childStart[node + 1]!; index++) {
        this.collect(children[index]!, met, unmet, facts);
      }
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

  /** Which facts of a test are missing. */
  private factsOf(node: number): Facts {
    const { policy, facts } = this.run;
    const { fact, boundsForWomen } = policy.tests[policy.nodeOperand[node]!]!;
    const missing = this.inputsMissing(fact);
    if (boundsForWomen === null || facts.state[policy.sexFact] === 0) return missing;
    return [...missing, 'sex'];
  }

  private inputsMissing(column: number): Facts {
    let missing = this.inputs[column];
    if (missing === undefined) {
      missing = this.run.policy.facts[column]!.missing(this.run.life);
      this.inputs[column] = missing;
    }
    return missing;
  }
}

/** For some tests so many lists: what is missing of a fact hardly ever differs. */
const LISTS_KEPT = 8;

function areSame(one: Facts, other: Facts): boolean {
  return one === other || (one.length === other.length && one.every((fact, index) => fact === other[index]));
}

function union(sets: readonly Facts[]): Facts {
  return sets.length === 1 ? sets[0]! : [...new Set(sets.flat())];
}
