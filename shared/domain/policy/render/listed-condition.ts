import type { FactVector } from '../facts/fact-vector.ts';
import type { ActualWords } from './actual-words.ts';
import type { ConditionFragments } from './condition-fragments.ts';
import { FragmentMemo, NO_KEY } from './fragment-memo.ts';
import { onePiece } from './json-text.ts';

/** An outcome takes so many bits of a key. */
const BITS_OF_OUTCOME = 3;

/**
 * A condition where all of a service are listed, one behind the other. Its outcome and the codes of its facts tell all that is
 * said, so that a condition which was found so before is one piece. That piece is a tree of two that are there
 * anyway, and takes no memory worth mentioning.
 */
export class ListedCondition {
  private readonly node: number;
  private readonly actual: ActualWords;
  /** By outcome byte: from after the value of `actual` of the condition before it, up to that of its own. */
  private readonly lead: readonly string[];
  private readonly memo = new FragmentMemo();

  /** @param before the condition before it in the list. */
  constructor({ condition, actual, head }: ConditionFragments, before: ConditionFragments | null) {
    this.node = condition.node;
    this.actual = actual;
    this.lead = before === null ? head : head.map((each) => onePiece(before.tail, ',', each));
  }

  /** Its JSON, up to and with the value of `actual`. */
  text(facts: FactVector, outcomes: Uint8Array): string {
    const outcome = outcomes[this.node]!;
    const key = this.actual.keyOf(facts);
    if (key === NO_KEY) return this.lead[outcome]! + this.actual.composed(facts);
    const whole = (key << BITS_OF_OUTCOME) | outcome;
    let text = this.memo.find(whole);
    if (text === null) {
      text = this.lead[outcome]! + this.actual.remembered(key, facts);
      this.memo.keep(whole, text);
    }
    return text;
  }
}
