import { type FactVector, NO_CODE } from '../facts/fact-vector.ts';
import type { ActualWords } from './actual-words.ts';
import { TextsByCodes } from './texts-by-codes.ts';

/** Of a condition that looks at several facts so many texts: few people differ in what one of them finds. */
const TEXTS_KEPT = 128;
const CODES = NO_CODE + 1;
const SEVERAL = -1;

/** What the conditions of a policy find, in words, and what they have found before. */
export class ConditionWords {
  private readonly words: readonly ActualWords[];
  private readonly ofSeveral: TextsByCodes;
  /** By place: the column of the only fact it looks at; and by place and code of that fact what is said of it. */
  private readonly columns: Int16Array;
  private readonly texts: (string | undefined)[];

  /** @param words by their places. */
  constructor(words: readonly ActualWords[]) {
    this.words = words;
    this.columns = Int16Array.from(words, ({ columns: [only, ...others] }) =>
      only === undefined || others.length > 0 ? SEVERAL : only,
    );
    this.texts = Array.from({ length: words.length * CODES });
    this.ofSeveral = new TextsByCodes(
      words.map(({ columns }) => columns),
      TEXTS_KEPT,
    );
  }

  private readonly say = (place: number, facts: FactVector) => this.words[place]!.text(facts);

  /** How many there are. */
  get count(): number {
    return this.words.length;
  }

  /** What the words at a place say of these facts. */
  text(place: number, facts: FactVector): string {
    const column = this.columns[place]!;
    if (column === SEVERAL) return this.ofSeveral.of(place, facts, this.say);
    const code = facts.code[column]!;
    if (code === NO_CODE) return this.say(place, facts);
    const at = place * CODES + code;
    let text = this.texts[at];
    if (text === undefined) {
      text = this.say(place, facts);
      this.texts[at] = text;
    }
    return text;
  }
}
