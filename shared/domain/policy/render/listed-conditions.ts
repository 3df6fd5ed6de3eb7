import { ConditionFindings } from './condition-findings.ts';
import type { ConditionFragments } from './condition-fragments.ts';
import { onePiece } from './json-text.ts';
import { KeyNumbers, NO_NUMBER } from './key-numbers.ts';

/** A condition where all of a service are listed, one behind the other. */
export class ListedCondition {
  readonly findings: ConditionFindings;
  /** By outcome byte: from after the value of `actual` of the condition before it, up to that of its own. */
  readonly lead: readonly string[];
  /**
   * By number of what was found: the lead and what follows it, in one piece. That piece is a tree of two that are there
   * anyway, and takes no memory worth mentioning.
   */
  private readonly texts: (string | undefined)[] = [];

  /** @param before the condition before it in the list. */
  constructor({ findings, head }: ConditionFragments, before: ConditionFragments | null) {
    this.findings = findings;
    this.lead = before === null ? head : head.map((each) => onePiece(before.tail, ',', each));
  }

  /** Its JSON, up to and with the value of `actual`, of what was found under a number. */
  text(number: number): string {
    let text = this.texts[number];
    if (text === undefined) {
      text = this.lead[this.findings.outcome(number)]! + this.findings.actual(number);
      this.texts[number] = text;
    }
    return text;
  }
}

/** Conditions that are listed together: what all of them found has a number of its own. Many services list the same. */
export class ConditionGroup {
  /** So many, those of the first conditions alone among them. */
  static readonly ROOM = 512;
  /** Its place among the groups of the policy. */
  readonly place: number;
  readonly findings: readonly ConditionFindings[];
  /** Their places, side by side: most are looked at for other groups already. */
  readonly places: Uint16Array;
  private readonly numbers = new KeyNumbers(ConditionGroup.ROOM);

  constructor(place: number, findings: readonly ConditionFindings[]) {
    this.place = place;
    this.findings = findings;
    this.places = Uint16Array.from(findings, (each) => each.place);
  }

  /** The number of what all found, from that of each, by place; {@link NO_NUMBER} where one has none, or no room is left. */
  combine(found: Int16Array): number {
    const places = this.places;
    let together = NONE_YET;
    for (let index = 0; index < places.length; index++) {
      const number = found[places[index]!]!;
      if (number === NO_NUMBER) return NO_NUMBER;
      together = this.numbers.of((together + 1) * ConditionFindings.ROOM + number);
      if (together === NO_NUMBER) return NO_NUMBER;
    }
    return together;
  }
}

/** Of no condition: those with numbers follow it. */
const NONE_YET = -1;

/** All conditions of a service, as it lists them. */
export interface ListedConditions {
  readonly group: ConditionGroup;
  readonly conditions: readonly ListedCondition[];
  /** What follows the last one's value of `actual`. */
  readonly end: string;
  /** By number of what all found together: the whole list. */
  readonly texts: (string | undefined)[];
}
