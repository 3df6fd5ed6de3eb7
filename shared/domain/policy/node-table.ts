import type { CompiledPolicy, Program } from './compiled-policy.ts';
import {
  NODE_ALL,
  NODE_ANY,
  NODE_AT_LEAST,
  NODE_CONDITION,
  NODE_NOT,
  NODE_SOURCE,
  NODE_TEST,
} from './node-kind.ts';
import { type Instruction, packProgram } from './program.ts';

/** Builds the flat table of nodes, each once; a node can only have children that are already there. */
export class NodeTable {
  private readonly kinds: number[] = [];
  private readonly operands: number[] = [];
  private readonly kids: (readonly number[])[] = [];
  private readonly index = new Map<string, number>();

  test(test: number): number {
    return this.add(NODE_TEST, test, []);
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
    return this.add(NODE_CONDITION, source, [child, this.add(NODE_SOURCE, source, [])]);
  }

  /** The nodes that `root` rests on, itself last, each after its children. */
  below(root: number): number[] {
    const reached = new Set<number>();
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      open.push(...this.kids[node]!);
    }
    return [...reached].sort((a, b) => a - b);
  }

  /** The program that decides `nodes`, children first; absent: every node. */
  program(nodes: readonly number[] = this.kinds.map((_kind, node) => node)): Program {
    return packProgram(
      nodes.map((node) => ({ node, children: this.kids[node]!, instructions: this.instructions(node) })),
    );
  }

  /** The tests that `root` rests on, each once, in the order in which they are asked for. */
  testsBelow(root: number): number[] {
    const reached = new Set<number>();
    const tests: number[] = [];
    const reach = (node: number) => {
      if (reached.has(node)) return;
      reached.add(node);
      if (this.kinds[node] === NODE_TEST) tests.push(this.operands[node]!);
      this.kids[node]!.forEach(reach);
    };
    reach(root);
    return tests;
  }

  testsAmong(nodes: readonly number[]): number[] {
    return this.operandsOf(NODE_TEST, nodes);
  }

  sourcesAmong(nodes: readonly number[]): number[] {
    return this.operandsOf(NODE_SOURCE, nodes);
  }

  /** Those that are tests or sources. */
  leavesAmong(nodes: readonly number[]): number[] {
    return nodes.filter((node) => this.kinds[node] === NODE_TEST || this.kinds[node] === NODE_SOURCE);
  }

  /** The nodes of a kind by their operand. */
  nodesOf(kind: typeof NODE_TEST | typeof NODE_SOURCE): Map<number, number> {
    const nodes = new Map<number, number>();
    this.kinds.forEach((each, node) => {
      if (each === kind) nodes.set(this.operands[node]!, node);
    });
    return nodes;
  }

  arrays(): Pick<CompiledPolicy, 'nodeKind' | 'nodeOperand' | 'childStart' | 'children'> {
    const childStart = new Uint16Array(this.kids.length + 1);
    this.kids.forEach((children, node) => {
      childStart[node + 1] = childStart[node]! + children.length;
    });
    return {
      nodeKind: Uint8Array.from(this.kinds),
      nodeOperand: Uint16Array.from(this.operands),
      childStart,
      children: Uint16Array.from(this.kids.flat()),
    };
  }

  private instructions(node: number): Instruction[] {
    const kind = this.kinds[node]!;
    const [first, ...rest] = this.kids[node]!;
    if (first === undefined || kind === NODE_AT_LEAST) return [];
    const instructions = [{ kind, operands: [first, ...rest.slice(0, 2)], node }];
    for (let at = 2; at < rest.length; at += 2) {
      instructions.push({ kind, operands: [node, ...rest.slice(at, at + 2)], node });
    }
    return instructions;
  }

  private operandsOf(kind: number, nodes: readonly number[]): number[] {
    return nodes.filter((node) => this.kinds[node] === kind).map((node) => this.operands[node]!);
  }

  private add(kind: number, operand: number, children: readonly number[]): number {
    const key = `${kind} ${operand} ${children}`;
    let node = this.index.get(key);
    if (node === undefined) {
      node = this.kinds.length;
      this.index.set(key, node);
      this.kinds.push(kind);
      this.operands.push(operand);
      this.kids.push(children);
    }
    return node;
  }
}
