import { ByteMemos } from '../byte-memos.ts';
import { type FactVector, NO_CODE } from '../facts/fact-vector.ts';

/** Texts that some facts make, kept by the codes of those facts (fact-vector.ts) where these tell all there is to tell. */
export class TextsByCodes {
  private readonly columns: readonly (readonly number[])[];
  private readonly kept: ByteMemos<string>;

  /**
   * @param columns of each text: the facts it follows from.
   * @param room for so many forms of each.
   */
  constructor(columns: readonly (readonly number[])[], room: number) {
    this.columns = columns;
    this.kept = new ByteMemos(columns, room);
  }

  /** The text at a place, as it was made before, or as `make` makes it now. */
  of(place: number, facts: FactVector, make: (place: number, facts: FactVector) => string): string {
    const codes = facts.code;
    const columns = this.columns[place]!;
    for (let index = 0; index < columns.length; index++) {
      if (codes[columns[index]!] === NO_CODE) return make(place, facts);
    }
    let text = this.kept.find(place, codes);
    if (text === null) {
      text = make(place, facts);
      this.kept.keep(place, codes, text);
    }
    return text;
  }
}
