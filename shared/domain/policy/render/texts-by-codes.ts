import { ByteMemos } from '../byte-memos.ts';
import { type FactVector, NO_CODE } from '../facts/fact-vector.ts';

/** Texts that some facts make, kept by the codes of those facts (fact-vector.ts) where these tell all there is to tell. */
export class TextsByCodes {
  private readonly kept: ByteMemos<string>;

  /**
   * @param columns of each text: the facts it follows from.
   * @param room for so many forms of each.
   */
  constructor(columns: readonly (readonly number[])[], room: number) {
    this.kept = new ByteMemos(columns, room, NO_CODE);
  }

  /** The text at a place, as it was made before, or as `make` makes it now. */
  of(place: number, facts: FactVector, make: (place: number, facts: FactVector) => string): string {
    let text = this.kept.find(place, facts.code);
    if (text === null) {
      text = make(place, facts);
      this.kept.keep(place, facts.code, text);
    }
    return text;
  }
}
