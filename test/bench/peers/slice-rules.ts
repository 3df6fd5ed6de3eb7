import type { CivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import type { CompiledCondition, CompiledPolicy } from '../../../shared/domain/policy/compiled-policy.ts';
import {
  NODE_ALL,
  NODE_ANY,
  NODE_CONDITION,
  NODE_NOT,
  NODE_TEST,
} from '../../../shared/domain/policy/node-kind.ts';
import { factName, factValue } from '../slice-facts.ts';

/** A rule of the slice as any engine can say it, on the day of the bench. */
export type Rule =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Rule[] }
  | { readonly kind: 'not'; readonly part: Rule }
  | { readonly kind: 'condition'; readonly id: string; readonly name: string; readonly part: Rule }
  | { readonly kind: 'one-of'; readonly fact: string; readonly values: readonly (string | boolean)[] }
  | { readonly kind: 'compare'; readonly fact: string; readonly operator: Comparison; readonly bound: number }
  /** Not published, or resting on a source that is no longer in force. */
  | { readonly kind: 'unknown' };

export type Comparison = '>=' | '>' | '<=' | '<';

/** Takes the rules of a compiled policy apart for those who write them down for another engine. */
export class SliceRules {
  private readonly policy: CompiledPolicy;
  private readonly day: CivilDate;
  private readonly conditions = new Map<number, CompiledCondition>();

  constructor(policy: CompiledPolicy, day: CivilDate) {
    this.policy = policy;
    this.day = day;
    for (const { routes } of policy.services) {
      for (const route of routes) {
        for (const condition of route.conditions) this.conditions.set(condition.node, condition);
      }
    }
  }

  /** The rule that decides each service. */
  services(): { code: string; rule: Rule }[] {
    return this.policy.services.map(({ code, root }) => ({ code, rule: this.rule(root) }));
  }

  /** Every condition once, after those that are part of it; what several conditions ask alike is one. */
  all(): Extract<Rule, { kind: 'condition' }>[] {
    const nodes = [...this.conditions.keys()].sort((a, b) => a - b);
    return nodes.map((node) => this.condition(node, this.conditions.get(node)!.id));
  }

  private rule(node: number): Rule {
    const condition = this.conditions.get(node);
    return condition === undefined ? this.expression(node) : this.condition(node, condition.id);
  }

  private condition(node: number, id: string): Extract<Rule, { kind: 'condition' }> {
    return { kind: 'condition', id, name: `${id.replace(/\W/g, '_')}_${node}`, part: this.expression(node) };
  }

  private expression(node: number): Rule {
    const { nodeKind, nodeOperand, childStart, children, sources } = this.policy;
    const kind = nodeKind[node]!;
    const operand = nodeOperand[node]!;
    if (kind === NODE_TEST) return this.test(operand);
    const part = (index: number) => this.rule(children[childStart[node]! + index]!);
    if (kind === NODE_CONDITION) {
      const { from, until } = sources[operand]!;
      return this.day < from || this.day > until ? { kind: 'unknown' } : part(0);
    }
    if (kind === NODE_NOT) return { kind: 'not', part: part(0) };
    if (kind !== NODE_ALL && kind !== NODE_ANY)
      throw new Error('the slice of the bench has no "at least n of"');
    const parts = Array.from({ length: childStart[node + 1]! - childStart[node]! }, (_, index) =>
      part(index),
    );
    return { kind: kind === NODE_ALL ? 'all' : 'any', parts };
  }

  private test(index: number): Rule {
    const { fact: column, values, bounds, boundsForWomen, notPublished } = this.policy.tests[index]!;
    if (notPublished) return { kind: 'unknown' };
    if (boundsForWomen !== null) throw new Error('the slice of the bench cannot say ages by sex');
    const fact = this.policy.facts[column]!;
    const name = factName(fact);
    if (values !== null) {
      const wanted = Array.from({ length: 31 }, (_, bit) => bit).filter((bit) => (values >> bit) & 1);
      return { kind: 'one-of', fact: name, values: wanted.map((bit) => factValue(fact, bit)) };
    }
    const parts: Rule[] = [];
    const compare = (operator: Comparison, bound: number) =>
      parts.push({ kind: 'compare', fact: name, operator, bound });
    if (Number.isFinite(bounds.low)) compare(bounds.lowExcluded ? '>' : '>=', bounds.low);
    if (Number.isFinite(bounds.high)) compare(bounds.highExcluded ? '<' : '<=', bounds.high);
    return parts.length === 1 ? parts[0]! : { kind: 'all', parts };
  }
}
