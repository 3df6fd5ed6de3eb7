import type { CompiledPolicy } from '../compiled-policy.ts';
import type { PolicyRun } from '../evaluate.ts';
import type { FactVector } from '../facts/fact-vector.ts';
import { NODE_NOT } from '../node-kind.ts';
import { MET } from '../outcome.ts';
import type { JsonText } from './json-text.ts';
import { NO_NUMBER } from './key-numbers.ts';
import type { ConditionGroup, ListedConditions } from './listed-conditions.ts';
import type { PolicyFragments, RouteFragments, ServiceFragments } from './service-fragments.ts';

/** Writes why services are decided as they are: each condition with its outcome, what it found, and its source. */
export class ConditionsWriter {
  private readonly out: JsonText;
  private readonly policy: CompiledPolicy;
  private readonly facts: FactVector;
  private readonly outcomes: Uint8Array;
  /** By place of a condition: the number of what it found; and the words, where that has none. */
  private readonly found: Int16Array;
  private readonly unnumbered: string[] = [];
  /** By place of a group: the number of what its conditions found together. */
  private readonly together: Int16Array;

  constructor(
    out: JsonText,
    { policy, facts, outcomes }: Pick<PolicyRun, 'policy' | 'facts' | 'outcomes'>,
    { found, together }: Pick<PolicyFragments, 'found' | 'together'>,
  ) {
    this.out = out;
    this.policy = policy;
    this.facts = facts;
    this.outcomes = outcomes;
    this.found = found.fill(NOT_LOOKED_AT);
    this.together = together.fill(NOT_LOOKED_AT);
  }

  /** Writes the JSON of every condition of a service, separated by commas. */
  all({ listed }: ServiceFragments): void {
    let together = this.together[listed.group.place]!;
    if (together === NOT_LOOKED_AT) together = this.lookAtAll(listed.group);
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
      const { place, node } = condition.findings;
      const number = this.found[place]!;
      text +=
        number === NO_NUMBER
          ? condition.lead[this.outcomes[node]!]! + this.unnumbered[place]!
          : condition.text(number);
    }
    return text + end;
  }

  /** Writes the JSON of those conditions that decide: of the qualifying route where someone is eligible, else of all that are as open. */
  deciding({ service, routes }: ServiceFragments, qualifying: string | null): void {
    const [out, facts, outcomes] = [this.out, this.facts, this.outcomes];
    const outcome = outcomes[service.root]!;
    let isFirst = true;
    for (const fragments of routes) {
      const { id, node } = fragments.route;
      if (outcome === MET ? id !== qualifying : !isAlike(outcomes[node]!, outcome)) continue;
      const decide = new Set<number>();
      this.collectDeciding(node, fragments, decide);
      for (const condition of fragments.conditions) {
        if (!decide.has(condition.condition.node)) continue;
        if (!isFirst) out.write(',');
        out.write(condition.head[outcomes[condition.condition.node]!]!);
        out.write(condition.findings.words.text(facts));
        out.write(condition.tail);
        isFirst = false;
      }
    }
  }

  /** Collects the conditions that make a node what it is: below it, what is as it is itself; below a `not`, what is the opposite. */
  private collectDeciding(node: number, route: RouteFragments, decide: Set<number>): void {
    if (route.byNode.has(node)) {
      decide.add(node);
      return;
    }
    const { nodeKind, childStart, children } = this.policy;
    for (let index = childStart[node]!; index < childStart[node + 1]!; index++) {
      const child = children[index]!;
      if (nodeKind[node] === NODE_NOT || isAlike(this.outcomes[child]!, this.outcomes[node]!)) {
        this.collectDeciding(child, route, decide);
      }
    }
  }

  /** Looks at what the conditions of a group found, which services that list the same need not do again. */
  private lookAtAll(group: ConditionGroup): number {
    const { places } = group;
    for (let index = 0; index < places.length; index++) {
      const place = places[index]!;
      if (this.found[place] !== NOT_LOOKED_AT) continue;
      const findings = group.findings[index]!;
      const number = findings.find(this.facts, this.outcomes);
      if (number === NO_NUMBER) this.unnumbered[place] = findings.words.text(this.facts);
      this.found[place] = number;
    }
    const together = group.combine(this.found);
    this.together[group.place] = together;
    return together;
  }
}

/** Whether both are met, both are unmet, or both are unknown, for whatever reason. */
function isAlike(one: number, other: number): boolean {
  return one === other || (one > MET && other > MET);
}

/** No number of what was found, nor that there is none. */
const NOT_LOOKED_AT = -2;
