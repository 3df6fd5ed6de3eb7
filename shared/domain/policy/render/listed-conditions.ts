import type { CompiledPolicy } from '../compiled-policy.ts';
import { CONDITION_OUTCOMES } from '../outcome.ts';
import type { ConditionFragments } from './condition-fragments.ts';
import { onePiece } from './json-text.ts';
import { TextsByCodes } from './texts-by-codes.ts';

/** Of a list so many texts are kept: a text is a tree of pieces that are there anyway, and takes little memory. */
const TEXTS_KEPT = 256;

/**
 * All conditions of a service, as it lists them. What a list needs lies side by side, by condition: to fetch it from all over
 * the memory takes longer than to put the list together.
 */
export class ConditionList {
  /** Its place among the lists of the policy. */
  readonly place: number;
  readonly nodes: Uint16Array;
  /** By condition: the place of its words among those of the policy. */
  readonly words: Uint16Array;
  /** By condition and outcome byte: from after the value of `actual` of the condition before it, up to that of its own. */
  readonly leads: readonly string[];
  /** What follows the last one's value of `actual`. */
  readonly end: string;
  /** The columns of the facts that tell all that is said, but for which sources are in force. */
  readonly columns: readonly number[];

  constructor(place: number, policy: CompiledPolicy, conditions: readonly ConditionFragments[]) {
    this.place = place;
    this.nodes = Uint16Array.from(conditions, ({ condition }) => condition.node);
    this.words = Uint16Array.from(conditions, ({ words }) => words.place);
    this.leads = conditions.flatMap(({ head }, index) =>
      index === 0 ? head : head.map((each) => onePiece(conditions[index - 1]!.tail, ',', each)),
    );
    this.end = conditions.at(-1)!.tail;
    this.columns = [...columnsOf(policy, conditions)];
  }
}

/** So many strings a condition in {@link ConditionList.leads}. */
export const LEADS = CONDITION_OUTCOMES.length;

function columnsOf(policy: CompiledPolicy, conditions: readonly ConditionFragments[]): Set<number> {
  const columns = new Set<number>();
  for (const { condition } of conditions) {
    for (const test of condition.tests) {
      const { fact, boundsForWomen } = policy.tests[test]!;
      if (fact >= 0) columns.add(fact);
      if (boundsForWomen !== null) columns.add(policy.sexFact);
    }
  }
  return columns;
}

/** The lists of a policy in a language, and texts of them that were put together before. */
export class ConditionLists {
  private readonly policy: CompiledPolicy;
  private readonly lists: ConditionList[] = [];
  private readonly byRoutes = new Map<string, ConditionList>();
  /** By which of the sources that begin or end are in force: the texts of the lists. */
  private readonly texts = new Map<string, TextsByCodes>();

  constructor(policy: CompiledPolicy) {
    this.policy = policy;
  }

  /** The list of the conditions of these routes; the same one for services whose routes have the same names and conditions. */
  of(routes: readonly { route: { id: string }; conditions: readonly ConditionFragments[] }[]): ConditionList {
    const key = JSON.stringify(
      routes.map(({ route, conditions }) => [route.id, conditions.map(({ words }) => words.place)]),
    );
    let list = this.byRoutes.get(key);
    if (list === undefined) {
      const conditions = routes.flatMap((route) => route.conditions);
      list = new ConditionList(this.lists.length, this.policy, conditions);
      this.lists.push(list);
      this.byRoutes.set(key, list);
    }
    return list;
  }

  /** The list at a place. */
  at(place: number): ConditionList {
    return this.lists[place]!;
  }

  /** How many there are. */
  get count(): number {
    return this.lists.length;
  }

  /** Texts by place of a list and codes of facts, while the sources that `outcomes` shows to be in force are. */
  textsKept(outcomes: Uint8Array): TextsByCodes {
    let inForce = '';
    for (const { node } of this.policy.changingSources) inForce += outcomes[node]!;
    let texts = this.texts.get(inForce);
    if (texts === undefined) {
      texts = new TextsByCodes(
        this.lists.map(({ columns }) => columns),
        TEXTS_KEPT,
      );
      this.texts.set(inForce, texts);
    }
    return texts;
  }
}
