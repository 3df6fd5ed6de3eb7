import { ByteMemos } from '../byte-memos.ts';
import { areAllTold, type FactVector } from '../facts/fact-vector.ts';
import type { ActualWords } from './actual-words.ts';

/** Of a condition so many texts: few people differ in what one of them finds. */
const TEXTS_KEPT = 128;

/** What the conditions of a policy find, in words, and what they have found before. */
export class ConditionWords {
  private readonly words: readonly ActualWords[];
  private readonly kept: ByteMemos<string>;

  /** @param words by their places. */
  constructor(words: readonly ActualWords[]) {
    this.words = words;
    this.kept = new ByteMemos(
      words.map(({ columns }) => columns),
      TEXTS_KEPT,
    );
  }

  /** How many there are. */
  get count(): number {
    return this.words.length;
  }

  /** What the words at a place say of these facts. */
  text(place: number, facts: FactVector): string {
    const words = this.words[place]!;
    if (!areAllTold(facts.code, words.columns)) return words.text(facts);
    let text = this.kept.find(place, facts.code);
    if (text === null) {
      text = words.text(facts);
      this.kept.keep(place, facts.code, text);
    }
    return text;
  }
}
