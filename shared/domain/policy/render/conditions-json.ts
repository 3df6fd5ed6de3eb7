import type { CompiledPolicy } from '../compiled-policy.ts';
import type { PolicyRun } from '../evaluate.ts';
import type { FactVector } from '../facts/fact-vector.ts';
import { NODE_NOT } from '../node-kind.ts';
import { MET } from '../outcome.ts';
import type { ConditionWords } from './condition-words.ts';
import { type ConditionList, type ConditionLists, LEADS } from './listed-conditions.ts';
import type { PolicyFragments, RouteFragments, ServiceFragments } from './service-fragments.ts';
import type { TextsByCodes } from './texts-by-codes.ts';

/** Why services are decided as they are, as JSON: each condition with its outcome, what it found, and its source. */
export class ConditionsJson {
  private readonly policy: CompiledPolicy;
  private readonly facts: FactVector;
  private readonly outcomes: Uint8Array;
  private readonly words: ConditionWords;
  private readonly lists: ConditionLists;
  private readonly kept: TextsByCodes;
  /** By place of a list: its text; by place of words: what they say. */
  private readonly texts: (string | undefined)[];
  private readonly actuals: (string | undefined)[];

  constructor(
    { policy, facts, outcomes }: Pick<PolicyRun, 'policy' | 'facts' | 'outcomes'>,
    { lists, words }: Pick<PolicyFragments, 'lists' | 'words'>,
  ) {
    this.policy = policy;
    this.facts = facts;
    this.outcomes = outcomes;
    this.words = words;
    this.lists = lists;
    this.kept = lists.textsKept(outcomes);
    this.texts = new Array(lists.count);
    this.actuals = new Array(words.count);
  }

  /** Every condition of a service, separated by commas. */
  all({ listed }: ServiceFragments): string {
    let text = this.texts[listed.place];
    if (text === undefined) {
      text = this.kept.of(listed.place, this.facts, this.putListTogether);
      this.texts[listed.place] = text;
    }
    return text;
  }

  private readonly putListTogether = (place: number) => this.putTogether(this.lists.at(place));

  private putTogether({ nodes, words, leads, end }: ConditionList): string {
    const [outcomes, actuals] = [this.outcomes, this.actuals];
    let text = '';
    for (let index = 0; index < words.length; index++) {
      const place = words[index]!;
      let actual = actuals[place];
      if (actual === undefined) {
        actual = this.words.text(place, this.facts);
        actuals[place] = actual;
      }
      text += leads[index * LEADS + outcomes[nodes[index]!]!]! + actual;
    }
    return text + end;
  }

  /** Those conditions that decide: of the qualifying route where someone is eligible, else of all that are as open. */
  deciding({ service, routes }: ServiceFragments, qualifying: string | null): string {
    const [facts, outcomes] = [this.facts, this.outcomes];
    const outcome = outcomes[service.root]!;
    let json = '';
    for (const fragments of routes) {
      const { id, node } = fragments.route;
      if (outcome === MET ? id !== qualifying : !isAlike(outcomes[node]!, outcome)) continue;
      const decide = new Set<number>();
      this.collectDeciding(node, fragments, decide);
      for (const condition of fragments.conditions) {
        if (!decide.has(condition.condition.node)) continue;
        const head = condition.head[outcomes[condition.condition.node]!]!;
        json += (json === '' ? '' : ',') + head + condition.words.text(facts) + condition.tail;
      }
    }
    return json;
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
}

/** Whether both are met, both are unmet, or both are unknown, for whatever reason. */
function isAlike(one: number, other: number): boolean {
  return one === other || (one > MET && other > MET);
}
