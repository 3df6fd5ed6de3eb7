import type { CivilDate } from '../../calendar/civil-date.ts';
import type { Language, LocalizedText } from '../pack-schema.ts';
import type { ResidentLife } from '../resident-life.ts';
import type { FactVector } from './fact-vector.ts';

/** A fact as a pack asks for it, ready to be read from a resident's life on any day from asOf on. */
export interface CompiledFact {
  /** Two facts with the same key are the same fact. */
  readonly key: string;
  /** Paths of the vocabulary (or `insurance.<kind>`) it is read from. */
  readonly inputs: readonly string[];
  /** What it is called, where its inputs do not tell. */
  readonly label?: LocalizedText;
  /** Whether its value says nothing without its name: yes and no. */
  readonly isYesOrNo?: true;
  /** Writes the fact as it stands on `day` into column `index`. */
  read(life: ResidentLife, day: CivilDate, vector: FactVector, index: number): void;
  /** Which of its inputs are not known of this resident. */
  missing(life: ResidentLife): readonly string[];
  /**
   * Days after asOf, up to `until`, among which are all on which the fact may cross one of `bounds` (at least, or more
   * than); null for a fact that time does not change.
   */
  readonly changes:
    | ((life: ResidentLife, bounds: readonly number[], until: CivilDate) => readonly CivilDate[])
    | null;
  /** The value in words, or null when nothing is known. */
  text(vector: FactVector, index: number, language: Language): string | null;
  /** The smallest difference between two values that can occur; 0 for what has no order. */
  readonly step: number;
}
