import {
  type CompiledPolicy,
  NODE_ALL,
  NODE_ANY,
  NODE_AT_LEAST,
  NODE_CONDITION,
  NODE_NOT,
  NODE_TEST,
} from './compiled-policy.ts';

/** Builds the flat table of nodes; a node can only have children that are already there. */
export class NodeTable {
  private readonly kinds: number[] = [];
  private readonly operands: number[] = [];
  private readonly kids: (readonly number[])[] = [];
  private readonly testNodes = new Map<number, number>();

  test(test: number): number {
    let node = this.testNodes.get(test);
    if (node === undefined) {
      node = this.add(NODE_TEST, test, []);
      this.testNodes.set(test, node);
    }
    return node;
  }

  all(children: readonly number[]): number {
    return children.length === 1 ? children[0]! : this.add(NODE_ALL, 0, children);
  }

  any(children: readonly number[]): number {
    return children.length === 1 ? children[0]! : this.add(NODE_ANY, 0, children);
  }

  not(child: number): number {
    return this.add(NODE_NOT, 0, [child]);
  }

  atLeast(count: number, children: readonly number[]): number {
    return this.add(NODE_AT_LEAST, count, children);
  }

  condition(source: number, child: number): number {
    return this.add(NODE_CONDITION, source, [child]);
  }

  /** The nodes that `root` rests on, itself last, each after its children. */
  below(root: number): Uint16Array {
    const reached = new Set<number>();
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      open.push(...this.kids[node]!);
    }
    return Uint16Array.from([...reached].sort((a, b) => a - b));
  }

  testsAmong(nodes: Uint16Array): number[] {
    return this.operandsOf(NODE_TEST, nodes);
  }

  sourcesAmong(nodes: Uint16Array): number[] {
    return this.operandsOf(NODE_CONDITION, nodes);
  }

  arrays(): Pick<CompiledPolicy, 'nodeKind' | 'nodeOperand' | 'childStart' | 'children' | 'everyNode'> {
    const childStart = new Uint16Array(this.kids.length + 1);
    this.kids.forEach((children, node) => {
      childStart[node + 1] = childStart[node]! + children.length;
    });
    return {
      nodeKind: Uint8Array.from(this.kinds),
      nodeOperand: Uint16Array.from(this.operands),
      childStart,
      children: Uint16Array.from(this.kids.flat()),
      everyNode: Uint16Array.from(this.kinds, (_kind, node) => node),
    };
  }

  private operandsOf(kind: number, nodes: Uint16Array): number[] {
    return [
      ...new Set([...nodes].filter((node) => this.kinds[node] === kind).map((node) => this.operands[node]!)),
    ];
  }

  private add(kind: number, operand: number, children: readonly number[]): number {
    this.kinds.push(kind);
    this.operands.push(operand);
    this.kids.push(children);
    return this.kinds.length - 1;
  }
}
