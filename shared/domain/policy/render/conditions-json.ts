import type { PolicyRun } from '../evaluate.ts';
import type { FactVector } from '../facts/fact-vector.ts';
import { MET, UNMET } from '../outcome.ts';
import type { JsonText } from './json-text.ts';
import { NO_NUMBER } from './key-numbers.ts';
import type { ConditionGroup, ListedConditions } from './listed-conditions.ts';
import type { ServiceFragments } from './service-fragments.ts';

/** Writes why services are decided as they are: each condition with its outcome, what it found, and its source. */
export class ConditionsWriter {
  private readonly out: JsonText;
  private readonly facts: FactVector;
  private readonly outcomes: Uint8Array;
  /** By place of a condition: the number of what it found; and the words, where that has none. */
  private readonly found: number[] = [];
  private readonly unnumbered: string[] = [];
  /** By place of a group: the number of what its conditions found together. */
  private readonly together: number[] = [];

  constructor(out: JsonText, { facts, outcomes }: Pick<PolicyRun, 'facts' | 'outcomes'>) {
    this.out = out;
    this.facts = facts;
    this.outcomes = outcomes;
  }

  /** Writes the JSON of every condition of a service, separated by commas. */
  all({ listed }: ServiceFragments): void {
    const together = this.together[listed.group.place] ?? this.lookAtAll(listed.group);
    if (together === NO_NUMBER) {
      this.out.write(this.list(listed));
      return;
    }
    let text = listed.texts[together];
    if (text === undefined) {
      text = this.list(listed);
      listed.texts[together] = text;
    }
    this.out.write(text);
  }

  private list({ conditions, end }: ListedConditions): string {
    let text = '';
    for (let index = 0; index < conditions.length; index++) {
      const condition = conditions[index]!;
      const { place } = condition.findings;
      const number = this.found[place]!;
      text +=
        number === NO_NUMBER
          ? condition.lead[this.outcomes[condition.node]!]! + this.unnumbered[place]!
          : condition.text(number);
    }
    return text + end;
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
        out.write(condition.findings.words.text(facts));
        out.write(condition.tail);
        isFirst = false;
      }
    }
  }

  /** Looks at what the conditions of a group found, which services that list the same need not do again. */
  private lookAtAll(group: ConditionGroup): number {
    for (const findings of group.findings) {
      if (this.found[findings.place] !== undefined) continue;
      const number = findings.find(this.facts, this.outcomes);
      if (number === NO_NUMBER) this.unnumbered[findings.place] = findings.words.text(this.facts);
      this.found[findings.place] = number;
    }
    const together = group.combine(this.found);
    this.together[group.place] = together;
    return together;
  }
}
