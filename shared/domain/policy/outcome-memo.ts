/**
 * Values by the outcomes of some nodes, as a tree: a level a node, a branch an outcome. There is room for so many values;
 * those that come first stay, so that it never grows.
 */
export class OutcomeMemo<T> {
  readonly nodes: readonly number[];
  private readonly room: number;
  /** By place and outcome: the place on the next level, on the last level the value; each counted from 1, 0 for none. */
  private readonly next: number[] = new Array(BRANCHES).fill(0);
  private readonly values: T[] = [];

  /**
   * @param nodes at least one; what is kept follows from their outcomes.
   * @param room for so many values.
   */
  constructor(nodes: readonly number[], room: number) {
    this.nodes = nodes;
    this.room = room;
  }

  /** What is kept for the outcomes that the nodes have, in a byte a node; null: nothing is. */
  find(outcomes: Uint8Array): T | null {
    const [nodes, next] = [this.nodes, this.next];
    let place = 0;
    for (let level = 0; level < nodes.length; level++) {
      place = next[place * BRANCHES + outcomes[nodes[level]!]!]!;
      if (place === 0) return null;
    }
    return this.values[place - 1]!;
  }

  /** Keeps a value for the outcomes that the nodes have, if there is room for it. */
  keep(outcomes: Uint8Array, value: T): void {
    const [nodes, next, values] = [this.nodes, this.next, this.values];
    if (values.length === this.room) return;
    const last = nodes.length - 1;
    let place = 0;
    for (let level = 0; level < last; level++) {
      const branch = place * BRANCHES + outcomes[nodes[level]!]!;
      if (next[branch] === 0) {
        next[branch] = next.length / BRANCHES;
        for (let outcome = 0; outcome < BRANCHES; outcome++) next.push(0);
      }
      place = next[branch]!;
    }
    values.push(value);
    next[place * BRANCHES + outcomes[nodes[last]!]!] = values.length;
  }
}

/** Outcome bytes are below it. */
const BRANCHES = 8;
