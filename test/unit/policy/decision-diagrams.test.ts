import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DecisionDiagrams,
  type Diagram,
  MET_DIAGRAM,
  UNKNOWN_DIAGRAM,
  UNMET_DIAGRAM,
} from '../../../shared/domain/policy/decision-diagrams.ts';

type Formula =
  | { readonly kind: 'test'; readonly test: number }
  | { readonly kind: 'constant'; readonly value: Diagram }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Formula[] }
  | { readonly kind: 'atLeast'; readonly count: number; readonly of: readonly Formula[] };

const TESTS = 4;
const formulas = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('test' as const), test: fc.nat(TESTS - 1) }) },
    fc.record({ kind: fc.constant('constant' as const), value: fc.constantFrom(0, 1, 2) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('formula') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('formula'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('atLeast' as const),
      count: fc.nat(4),
      of: fc.array(tie('formula'), { maxLength: 3 }),
    }),
  ),
})).formula;

function diagramOf(formula: Formula, diagrams: DecisionDiagrams): Diagram {
  switch (formula.kind) {
    case 'test':
      return diagrams.variable(formula.test);
    case 'constant':
      return formula.value;
    case 'not':
      return diagrams.not(diagramOf(formula.of, diagrams));
    case 'atLeast':
      return diagrams.atLeast(
        formula.count,
        formula.of.map((each) => diagramOf(each, diagrams)),
      );
    default:
      return formula.of
        .map((each) => diagramOf(each, diagrams))
        .reduce((left, right) => diagrams[formula.kind](left, right));
  }
}

/** Kleene, as he wrote it: unmet is less than unknown, and unknown less than met. */
function kleene(formula: Formula, answers: number): number {
  switch (formula.kind) {
    case 'test':
      return (answers >> formula.test) & 1;
    case 'constant':
      return [0, 1, 0.5][formula.value]!;
    case 'not':
      return 1 - kleene(formula.of, answers);
    case 'all':
      return Math.min(...formula.of.map((each) => kleene(each, answers)));
    case 'any':
      return Math.max(...formula.of.map((each) => kleene(each, answers)));
    default: {
      const values = formula.of.map((each) => kleene(each, answers)).sort((a, b) => b - a);
      return formula.count === 0 ? 1 : (values[formula.count - 1] ?? 0);
    }
  }
}

const ALL_ANSWERS = [...Array(2 ** TESTS).keys()];

describe('decision diagrams', () => {
  it('ask just the tests on which a function depends', () => {
    fc.assert(
      fc.property(formulas, (formula) => {
        const diagrams = new DecisionDiagrams();
        const depends = [...Array(TESTS).keys()].filter((test) =>
          ALL_ANSWERS.some((answers) => kleene(formula, answers) !== kleene(formula, answers ^ (1 << test))),
        );
        const asked = diagrams.variablesOf(diagramOf(formula, diagrams));
        expect([...asked].sort((a, b) => a - b)).toEqual(depends);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are equal where functions are', () => {
    fc.assert(
      fc.property(formulas, formulas, (one, other) => {
        const diagrams = new DecisionDiagrams();
        const areEqual = ALL_ANSWERS.every((answers) => kleene(one, answers) === kleene(other, answers));
        expect(diagramOf(one, diagrams) === diagramOf(other, diagrams)).toBe(areEqual);
      }),
      { numRuns: 1_000 },
    );
  });

  it('have three constants', () => {
    const diagrams = new DecisionDiagrams();
    expect(diagrams.all(MET_DIAGRAM, UNKNOWN_DIAGRAM)).toBe(UNKNOWN_DIAGRAM);
    expect(diagrams.all(UNMET_DIAGRAM, UNKNOWN_DIAGRAM)).toBe(UNMET_DIAGRAM);
    expect(diagrams.not(UNKNOWN_DIAGRAM)).toBe(UNKNOWN_DIAGRAM);
    expect(diagrams.variablesOf(UNKNOWN_DIAGRAM).size).toBe(0);
  });
});
