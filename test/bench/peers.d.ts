// The parts of the peers' interfaces that the bench uses: the product's type check must not need them installed.

declare module 'json-rules-engine' {
  export type Condition =
    | { fact: string; operator: string; value: unknown; name?: string }
    | { all: Condition[]; name?: string; priority?: number }
    | { any: Condition[]; name?: string; priority?: number }
    | { not: Condition; name?: string; priority?: number };
  export interface RuleResult {
    readonly conditions: object;
    readonly result: boolean;
    readonly event: { readonly type: string };
  }
  export class Engine {
    constructor(rules?: object[], options?: object);
    addRule(rule: { name: string; conditions: object; event: { type: string } }): this;
    run(
      facts: object,
    ): Promise<{ results: RuleResult[]; failureResults: RuleResult[]; events: { type: string }[] }>;
  }
}

declare module '@gorules/zen-engine' {
  export interface Response {
    readonly result: unknown;
    readonly trace?: Record<string, unknown>;
  }
  export class ZenDecisionContent {
    constructor(content: object);
  }
  export class ZenDecision {
    evaluate(
      context: object,
      options?: { trace?: boolean | 'string' | 'reference' | 'referenceString' },
    ): Promise<Response>;
  }
  export class ZenEngine {
    createDecision(content: ZenDecisionContent): ZenDecision;
    dispose(): void;
  }
}
