import type { CompiledFact } from '../facts/compiled-fact.ts';
import { type FactVector, NO_CODE } from '../facts/fact-vector.ts';
import type { Language } from '../pack-schema.ts';

/**
 * What conditions say of one fact: its name, where it needs one, and its value. Months, ages and names that have been
 * said before are remembered, by the code that stands for them (fact-vector.ts): no more than there are codes, so that
 * it cannot grow, and never of whom. The words are the same whether they are remembered or not.
 */
export class FactWords {
  readonly column: number;
  private readonly fact: CompiledFact;
  private readonly label: string;
  private readonly language: Language;
  private readonly byCode: (string | null | undefined)[] = [];

  /** `label`: its name, as it stands between the quotes of a JSON string. */
  constructor(fact: CompiledFact, column: number, label: string, language: Language) {
    this.fact = fact;
    this.column = column;
    this.label = label;
    this.language = language;
  }

  /** Null when nothing is known. */
  text(vector: FactVector): string | null {
    if (vector.code[this.column] === NO_CODE) return this.say(vector);
    return this.remembered(vector);
  }

  private remembered(vector: FactVector): string | null {
    const code = vector.code[this.column]!;
    let words = this.byCode[code];
    if (words === undefined) {
      words = this.say(vector);
      this.byCode[code] = words;
    }
    return words;
  }

  /** The words for values are numbers, units and names of ours: nothing in them is to be escaped. */
  private say(vector: FactVector): string | null {
    const text = this.fact.text(vector, this.column, this.language);
    return text === null ? null : this.label + text;
  }
}
