import type { PolicyRun } from '../evaluate.ts';
import { MET, UNMET } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import type { ConditionFragments, ServiceFragments } from './service-fragments.ts';

/** Writes why services are decided as they are: each condition with its outcome, what it found, and its source. */
export class ConditionsWriter {
  private readonly run: Pick<PolicyRun, 'policy' | 'facts' | 'outcomes'>;
  private readonly language: Language;
  // What many services show is put into words once: facts, and what conditions found (by node).
  private readonly factTexts: (string | null | undefined)[];
  private readonly actuals: (string | undefined)[];

  constructor(run: Pick<PolicyRun, 'policy' | 'facts' | 'outcomes'>, language: Language) {
    this.run = run;
    this.language = language;
    this.factTexts = new Array(run.policy.facts.length);
    this.actuals = new Array(run.policy.nodeKind.length);
  }

  /** The JSON of every condition of a service, separated by commas. */
  all({ routes }: ServiceFragments): string {
    let json = '';
    const lastRoute = routes.at(-1);
    for (const route of routes) {
      const last = route === lastRoute ? route.conditions.at(-1) : undefined;
      for (const condition of route.conditions) {
        json += this.condition(condition, condition === last ? condition.tail : condition.tailAndComma);
      }
    }
    return json;
  }

  /**
   * The JSON of those conditions that decide: met ones of the qualifying route a yes, unmet ones a no, unknown ones of
   * routes that are open that nothing is decided.
   */
  deciding({ service, routes }: ServiceFragments, qualifying: string | null): string {
    const { outcomes } = this.run;
    const outcome = outcomes[service.root]!;
    let json = '';
    for (const { route, conditions } of routes) {
      for (const condition of conditions) {
        const own = outcomes[condition.condition.node]!;
        const decides =
          outcome === MET
            ? own === MET && route.id === qualifying
            : outcome === UNMET
              ? own === UNMET
              : own > MET && outcomes[route.node]! > MET;
        if (decides) json += `${json === '' ? '' : ','}${this.condition(condition, condition.tail)}`;
      }
    }
    return json;
  }

  private condition(fragments: ConditionFragments, tail: string): string {
    const { node } = fragments.condition;
    return `${fragments.head[this.run.outcomes[node]!]}${this.actual(node, fragments)}${tail}`;
  }

  /** JSON of what the condition found: one value, or several with their names; null when nothing is known. */
  private actual(node: number, fragments: ConditionFragments): string {
    let json = this.actuals[node];
    if (json === undefined) {
      json = this.actualJson(fragments);
      this.actuals[node] = json;
    }
    return json;
  }

  private actualJson({ facts }: ConditionFragments): string {
    // The words for values are numbers, units and names of ours: nothing in them is to be escaped.
    let named = '';
    for (const { fact, label } of facts) {
      const text = this.factText(fact);
      if (text === null) continue;
      const part = label + text;
      if (named === '') named = part;
      else if (!named.includes(part)) named += `${this.language === 'en' ? '; ' : '；'}${part}`;
    }
    return named === '' ? 'null' : `"${named}"`;
  }

  private factText(fact: number): string | null {
    let text = this.factTexts[fact];
    if (text === undefined) {
      text = this.run.policy.facts[fact]!.text(this.run.facts, fact, this.language);
      this.factTexts[fact] = text;
    }
    return text;
  }
}
