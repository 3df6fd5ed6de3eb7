import type { FactVector } from '../facts/fact-vector.ts';
import type { ActualWords } from './actual-words.ts';
import { KeyNumbers, NO_KEY, NO_NUMBER } from './key-numbers.ts';

/** An outcome takes so many bits of a key. */
const BITS_OF_OUTCOME = 3;

/**
 * What a condition has found: its outcome and the words about its facts, by a number. Services ask for the same conditions,
 * and few people differ in what one of them finds, so that most of an answer has been put together before.
 */
export class ConditionFindings {
  static readonly ROOM = 128;
  /** Its place among the conditions of the policy. */
  readonly place: number;
  readonly node: number;
  /** What it found, in words. */
  readonly words: ActualWords;
  private readonly numbers = new KeyNumbers(ConditionFindings.ROOM);
  /** By number. */
  private readonly outcomes: number[] = [];
  private readonly actuals: string[] = [];

  constructor(place: number, node: number, words: ActualWords) {
    this.place = place;
    this.node = node;
    this.words = words;
  }

  /** The number of what is found in these facts; {@link NO_NUMBER}: hardly anyone is found so, or there were too many. */
  find(facts: FactVector, outcomes: Uint8Array): number {
    const key = this.words.keyOf(facts);
    if (key === NO_KEY) return NO_NUMBER;
    const outcome = outcomes[this.node]!;
    const number = this.numbers.of((key << BITS_OF_OUTCOME) | outcome);
    if (number === this.outcomes.length) {
      this.outcomes.push(outcome);
      this.actuals.push(this.words.text(facts));
    }
    return number;
  }

  /** The outcome byte it found under a number. */
  outcome(number: number): number {
    return this.outcomes[number]!;
  }

  /** The value of `actual` under a number. */
  actual(number: number): string {
    return this.actuals[number]!;
  }
}
