import type { PolicyRun } from '../evaluate.ts';
import type { FactVector } from '../facts/fact-vector.ts';
import { MET, UNMET } from '../outcome.ts';
import type { JsonOutput } from './json-output.ts';
import type { ServiceFragments } from './service-fragments.ts';

/** Writes why services are decided as they are: each condition with its outcome, what it found, and its source. */
export class ConditionsWriter {
  private readonly out: JsonOutput;
  private readonly facts: FactVector;
  private readonly outcomes: Uint8Array;

  constructor(out: JsonOutput, { facts, outcomes }: Pick<PolicyRun, 'facts' | 'outcomes'>) {
    this.out = out;
    this.facts = facts;
    this.outcomes = outcomes;
  }

  /** Writes the JSON of every condition of a service, separated by commas. */
  all({ list, end }: ServiceFragments): void {
    const [out, facts, outcomes] = [this.out, this.facts, this.outcomes];
    for (const { condition, lead } of list) {
      out.add(lead[outcomes[condition.condition.node]!]!);
      condition.actual.write(out, facts);
    }
    out.add(end);
  }

  /**
   * Writes the JSON of those conditions that decide: met ones of the qualifying route a yes, unmet ones a no, unknown
   * ones of routes that are open that nothing is decided.
   */
  deciding({ service, routes }: ServiceFragments, qualifying: string | null): void {
    const [out, facts, outcomes] = [this.out, this.facts, this.outcomes];
    const outcome = outcomes[service.root]!;
    let isFirst = true;
    for (const fragments of routes) {
      for (const condition of fragments.conditions) {
        const own = outcomes[condition.condition.node]!;
        const decides =
          outcome === MET
            ? own === MET && fragments.route.id === qualifying
            : outcome === UNMET
              ? own === UNMET
              : own > MET && outcomes[fragments.route.node]! > MET;
        if (!decides) continue;
        if (!isFirst) out.write(',');
        out.add(condition.head[own]!);
        condition.actual.write(out, facts);
        out.add(condition.tail);
        isFirst = false;
      }
    }
  }
}
