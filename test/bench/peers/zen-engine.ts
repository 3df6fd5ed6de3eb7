import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import { NO, UNKNOWN, YES } from '../hand-written.ts';
import { SLICE } from '../slice.ts';
import type { Peer, SliceOutcomes } from './peer.ts';
import type { Rule, SliceRules } from './slice-rules.ts';

interface NamedExpression {
  readonly key: string;
  readonly value: string;
}

/**
 * Two decisions, both compiled once. To decide, one expression a service over `and`, `or` and `not`, which stop as soon
 * as they can: is it met whatever is unknown, else could it be? To explain, every condition is an expression of its own
 * with three values, named in the trace, and the services are put together from them with `min` and `max`.
 */
export function zenEngine(rules: SliceRules): Peer {
  const engine = new ZenEngine();
  const decide = engine.createDecision(
    expressionDecision(
      rules.services().map(({ code, rule }) => ({
        key: keyOf(code),
        value: `${boolean(rule, true)} ? ${YES} : ${boolean(rule, false)} ? ${UNKNOWN} : ${NO}`,
      })),
    ),
  );
  const explain = engine.createDecision(
    expressionDecision([
      ...rules.all().map(({ name, part }) => ({ key: name, value: kleene(part) })),
      ...rules.services().map(({ code, rule }) => ({ key: keyOf(code), value: kleene(rule) })),
    ]),
  );
  return {
    name: 'zen-engine',
    // It evaluates on threads of its own.
    inFlight: 16,
    async decide(facts) {
      return outcomesFrom((await decide.evaluate(facts)).result);
    },
    async explain(facts) {
      // As JSON text: the objects of `trace: true` take it twice as long.
      const { result, trace } = await explain.evaluate(facts, { trace: 'string' });
      return { outcomes: outcomesFrom(result), size: (trace as unknown as string).length };
    },
    close: () => engine.dispose(),
  };
}

function outcomesFrom(result: unknown): SliceOutcomes {
  const byKey = result as Record<string, number>;
  return Object.fromEntries(SLICE.map((code) => [code, byKey[keyOf(code)]])) as SliceOutcomes;
}

const keyOf = (code: string): string => code.replace(/\W/g, '_');
const literal = (value: string | boolean): string =>
  typeof value === 'string' ? `'${value}'` : String(value);

function boolean(rule: Rule, must: boolean): string {
  switch (rule.kind) {
    case 'unknown':
      return String(!must);
    case 'one-of': {
      const holds = oneOf(rule.fact, rule.values);
      return must ? `(${holds})` : `(${rule.fact} == null or ${holds})`;
    }
    case 'compare': {
      const end = rule.operator.startsWith('>') === must ? 'Low' : 'High';
      return `(${rule.fact}${end} ${rule.operator} ${rule.bound})`;
    }
    case 'condition':
      return boolean(rule.part, must);
    case 'not':
      return `(not ${boolean(rule.part, !must)})`;
    default:
      return `(${rule.parts.map((part) => boolean(part, must)).join(rule.kind === 'all' ? ' and ' : ' or ')})`;
  }
}

function kleene(rule: Rule): string {
  switch (rule.kind) {
    case 'unknown':
      return String(UNKNOWN);
    case 'one-of':
      return `(${rule.fact} == null ? ${UNKNOWN} : ${oneOf(rule.fact, rule.values)} ? ${YES} : ${NO})`;
    case 'compare':
      return `(${boolean(rule, true)} ? ${YES} : ${boolean(rule, false)} ? ${UNKNOWN} : ${NO})`;
    case 'condition':
      return `$.${rule.name}`;
    case 'not':
      return `(${YES} - ${kleene(rule.part)})`;
    default:
      return `${rule.kind === 'all' ? 'min' : 'max'}([${rule.parts.map(kleene)}])`;
  }
}

function oneOf(fact: string, values: readonly (string | boolean)[]): string {
  return values.length === 1 ? `${fact} == ${literal(values[0]!)}` : `${fact} in [${values.map(literal)}]`;
}

/** A decision of one node that evaluates expressions, each of which can name those before it. */
function expressionDecision(expressions: readonly NamedExpression[]): ZenDecisionContent {
  const position = { x: 0, y: 0 };
  return new ZenDecisionContent({
    nodes: [
      { id: 'facts', name: 'facts', type: 'inputNode', position },
      {
        id: 'rules',
        name: 'rules',
        type: 'expressionNode',
        position,
        content: { expressions: expressions.map((expression) => ({ id: expression.key, ...expression })) },
      },
      { id: 'outcomes', name: 'outcomes', type: 'outputNode', position },
    ],
    edges: [
      { id: 'to-rules', sourceId: 'facts', targetId: 'rules', type: 'edge' },
      { id: 'to-outcomes', sourceId: 'rules', targetId: 'outcomes', type: 'edge' },
    ],
  });
}
