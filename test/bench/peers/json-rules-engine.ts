import { type Condition, Engine } from 'json-rules-engine';
import { NO, UNKNOWN, YES } from '../hand-written.ts';
import { SLICE, type SliceService } from '../slice.ts';
import type { SliceFacts } from '../slice-facts.ts';
import type { Peer, SliceOutcomes } from './peer.ts';
import type { Rule, SliceRules } from './slice-rules.ts';

/**
 * The engine knows true and false only, so every service has two rules: one that holds when it is met whatever is
 * unknown, and one that holds when it is met or could still be. Neither: not eligible; only the second: undetermined.
 */
type Sense = 'must' | 'may';

const OPERATORS = {
  '>=': 'greaterThanInclusive',
  '>': 'greaterThan',
  '<=': 'lessThanInclusive',
  '<': 'lessThan',
} as const;

export function jsonRulesEngine(rules: SliceRules): Peer {
  // To decide, conditions are tried in turn until one settles the matter, which priorities make it do; to explain, all
  // of them are evaluated. Both measured: each is the faster one for its purpose.
  const deciding = engineFor(rules, true);
  const explaining = engineFor(rules, false);
  return {
    name: 'json-rules-engine',
    inFlight: 1,
    async decide(facts) {
      const { events } = await deciding.run(withUnknown(facts));
      return outcomesFrom(events);
    },
    async explain(facts) {
      const { events, results, failureResults } = await explaining.run(withUnknown(facts));
      return { outcomes: outcomesFrom(events), size: results.length + failureResults.length };
    },
    close() {},
  };
}

function engineFor(rules: SliceRules, inTurn: boolean): Engine {
  const engine = new Engine();
  for (const { code, rule } of rules.services()) {
    for (const sense of ['must', 'may'] as const) {
      const condition = translate(rule, sense, inTurn);
      const conditions = 'fact' in condition ? { all: [condition] } : condition;
      engine.addRule({ name: `${sense} ${code}`, conditions, event: { type: `${sense} ${code}` } });
    }
  }
  return engine;
}

function outcomesFrom(events: readonly { readonly type: string }[]): SliceOutcomes {
  const outcomes = Object.fromEntries(SLICE.map((code) => [code, NO])) as SliceOutcomes;
  for (const { type } of events) {
    const [sense, code] = type.split(' ') as [Sense, SliceService];
    outcomes[code] = Math.max(outcomes[code], sense === 'must' ? YES : UNKNOWN);
  }
  return outcomes;
}

/** A constant is a fact as well. */
function withUnknown(facts: SliceFacts): object {
  return { ...facts, unknown: null };
}

function translate(rule: Rule, sense: Sense, inTurn: boolean): Condition {
  switch (rule.kind) {
    case 'unknown':
      return oneOf('unknown', [true], sense);
    case 'one-of':
      return oneOf(rule.fact, rule.values, sense);
    case 'compare': {
      // A number that is not known lies between two: it must be inside with the one, or may be with the other.
      const least = rule.operator.startsWith('>') === (sense === 'must');
      return {
        fact: `${rule.fact}${least ? 'Low' : 'High'}`,
        operator: OPERATORS[rule.operator],
        value: rule.bound,
      };
    }
    case 'condition':
      return { ...translate(rule.part, sense, inTurn), name: rule.id };
    case 'not':
      return { not: translate(rule.part, sense === 'must' ? 'may' : 'must', inTurn) };
    default: {
      const parts = rule.parts.map((part, index) => ({
        ...translate(part, sense, inTurn),
        ...(inTurn ? { priority: rule.parts.length - index } : {}),
      }));
      return rule.kind === 'all' ? { all: parts } : { any: parts };
    }
  }
}

function oneOf(fact: string, values: readonly (string | boolean)[], sense: Sense): Condition {
  if (sense === 'may') return { fact, operator: 'in', value: [null, ...values] };
  return values.length === 1
    ? { fact, operator: 'equal', value: values[0] }
    : { fact, operator: 'in', value: values };
}
