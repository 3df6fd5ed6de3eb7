/** A three-valued function of tests (Kleene), by its number: equal functions have equal numbers. */
export type Diagram = number;

export const UNMET_DIAGRAM: Diagram = 0;
export const MET_DIAGRAM: Diagram = 1;
/** Unknown, and no test will tell. */
export const UNKNOWN_DIAGRAM: Diagram = 2;
const CONSTANTS = 3;

const MOST = 1 << 14;
/** More than any diagram's number, so that several make one number as a key; a text takes longer to make and to find. */
const RADIX = 1 << 15;

/** A function has more parts than are worth the memory: no rule anyone could read has. */
export class TooManyDiagrams extends Error {
  constructor() {
    super(`a function would take more than ${MOST} diagrams`);
    this.name = 'TooManyDiagrams';
  }
}

interface Branch {
  readonly variable: number;
  readonly unmet: Diagram;
  readonly met: Diagram;
}

/**
 * Reduced ordered decision diagrams (Bryant 1986) with three constants: a function is asked test by test in one order, no
 * question is asked twice, and none whose answer makes no difference. So the tests in a diagram are just those on which
 * the function depends. Every method that makes one throws {@link TooManyDiagrams}.
 */
export class DecisionDiagrams {
  private readonly branches: Branch[] = [];
  private readonly numbers = new Map<number, Diagram>();
  private readonly combined = new Map<number, Diagram>();
  private readonly opposites = new Map<Diagram, Diagram>();

  /** Met where a test is, unmet where it is not. */
  variable(test: number): Diagram {
    return this.branch(test, UNMET_DIAGRAM, MET_DIAGRAM);
  }

  all(left: Diagram, right: Diagram): Diagram {
    if (left === right || right === MET_DIAGRAM) return left;
    if (left === MET_DIAGRAM) return right;
    if (left === UNMET_DIAGRAM || right === UNMET_DIAGRAM) return UNMET_DIAGRAM;
    const key = left < right ? left * RADIX + right : right * RADIX + left;
    let both = this.combined.get(key);
    if (both === undefined) {
      const test = Math.min(this.variableOf(left), this.variableOf(right));
      both = this.branch(
        test,
        this.all(this.after(left, test, false), this.after(right, test, false)),
        this.all(this.after(left, test, true), this.after(right, test, true)),
      );
      this.combined.set(key, both);
    }
    return both;
  }

  any(left: Diagram, right: Diagram): Diagram {
    return this.not(this.all(this.not(left), this.not(right)));
  }

  not(diagram: Diagram): Diagram {
    if (diagram < CONSTANTS) {
      if (diagram === UNKNOWN_DIAGRAM) return diagram;
      return diagram === MET_DIAGRAM ? UNMET_DIAGRAM : MET_DIAGRAM;
    }
    let opposite = this.opposites.get(diagram);
    if (opposite === undefined) {
      const { variable, unmet, met } = this.branches[diagram - CONSTANTS]!;
      opposite = this.branch(variable, this.not(unmet), this.not(met));
      this.opposites.set(diagram, opposite);
    }
    return opposite;
  }

  /** Met where at least `count` of several are: where all of some `count` of them are. */
  atLeast(count: number, diagrams: readonly Diagram[]): Diagram {
    if (count === 0) return MET_DIAGRAM;
    const [first, ...rest] = diagrams;
    if (first === undefined) return UNMET_DIAGRAM;
    return this.any(this.all(first, this.atLeast(count - 1, rest)), this.atLeast(count, rest));
  }

  /** The tests on which a function depends. */
  variablesOf(diagram: Diagram): ReadonlySet<number> {
    const reached = new Set([diagram]);
    const variables = new Set<number>();
    // A set goes on to what is added to it on the way.
    for (const each of reached) {
      if (each < CONSTANTS) continue;
      const { variable, unmet, met } = this.branches[each - CONSTANTS]!;
      variables.add(variable);
      reached.add(unmet).add(met);
    }
    return variables;
  }

  private branch(variable: number, unmet: Diagram, met: Diagram): Diagram {
    if (unmet === met) return met;
    const key = (variable * RADIX + unmet) * RADIX + met;
    let number = this.numbers.get(key);
    if (number === undefined) {
      if (this.branches.length === MOST) throw new TooManyDiagrams();
      number = CONSTANTS + this.branches.length;
      this.branches.push({ variable, unmet, met });
      this.numbers.set(key, number);
    }
    return number;
  }

  private variableOf(diagram: Diagram): number {
    return diagram < CONSTANTS ? Number.POSITIVE_INFINITY : this.branches[diagram - CONSTANTS]!.variable;
  }

  /** What is left of a function once a test is answered. */
  private after(diagram: Diagram, test: number, isMet: boolean): Diagram {
    if (this.variableOf(diagram) !== test) return diagram;
    const { met, unmet } = this.branches[diagram - CONSTANTS]!;
    return isMet ? met : unmet;
  }
}
