import type { PolicyRun } from '../evaluate.ts';
import type { FactVector } from '../facts/fact-vector.ts';
import { MET, UNMET } from '../outcome.ts';
import type { JsonText } from './json-text.ts';
import type { ServiceFragments } from './service-fragments.ts';

/** Writes why services are decided as they are: each condition with its outcome, what it found, and its source. */
export class ConditionsWriter {
  private readonly out: JsonText;
  private readonly facts: FactVector;
  private readonly outcomes: Uint8Array;

  constructor(out: JsonText, { facts, outcomes }: Pick<PolicyRun, 'facts' | 'outcomes'>) {
    this.out = out;
    this.facts = facts;
    this.outcomes = outcomes;
  }

  /** Writes the JSON of every condition of a service, separated by commas. */
  all({ list, end }: ServiceFragments): void {
    const { facts, outcomes } = this;
    // Put together here: a piece more behind a local text costs less than behind a member of an object.
    let text = '';
    for (let index = 0; index < list.length; index++) text += list[index]!.text(facts, outcomes);
    this.out.write(text + end);
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
        out.write(condition.head[own]!);
        out.write(condition.actual.text(facts));
        out.write(condition.tail);
        isFirst = false;
      }
    }
  }
}
