import { type CivilDate, formatCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { checkCharacter } from '../../../shared/domain/identity/check-character.ts';
import type { Document, DocumentType } from '../../../shared/domain/identity/document.ts';
import { SAMPLE_REGION } from '../../../shared/domain/identity/normalise-document.ts';

export type Sex = 'male' | 'female';

/** Serials above these are kept for the personas, so that they and a city can be in one register. */
const LAST_CITY_SERIAL = 979;

/**
 * How numbers begin that are nobody's. Citizens have the address code of no place. The codes of 港澳台居民居住证 are
 * fixed, so these numbers say 1899: the permit came in 2018. A foreigner's card names a province and a country, and
 * there are none with the codes 00 and 000.
 */
const BEGINNINGS = {
  'resident-id': [SAMPLE_REGION],
  'hmt-permit': ['810000', '820000', '830000'],
  'foreign-pr': ['900000'],
} as const satisfies Record<DocumentType, readonly string[]>;

/** The birth dates in numbers other than citizens': nobody born then is alive. */
const NOBODY_BORN = '1899';

/** A document of nobody, with the check digit that belongs there. `serial`: 1 to 999, odd for men. */
export function sampleDocument(type: DocumentType, birth: CivilDate, serial: number, region = 0): Document {
  const beginning = BEGINNINGS[type][region % BEGINNINGS[type].length]!;
  const born = formatCivilDate(birth).replaceAll('-', '');
  // Born on 29 February, a number of 1899 says 28 February: that year had no other.
  const day = born.endsWith('0229') ? '0228' : born.slice(4);
  const date = type === 'resident-id' ? born : `${NOBODY_BORN}${day}`;
  const digits = `${beginning}${date}${String(serial).padStart(3, '0')}`;
  return { type, number: digits + checkCharacter(digits) };
}

/** Gives every resident of a city a number of their own. Remembers days, not residents: a city may have any size. */
export class NumberRegister {
  private readonly given = new Map<string, number>();

  documentFor(type: DocumentType, birth: CivilDate, sex: Sex, region = 0): Document {
    const { number } = sampleDocument(type, birth, 1, region);
    const key = `${number.slice(0, 14)} ${sex}`;
    const before = this.given.get(key) ?? 0;
    const serial = before * 2 + (sex === 'male' ? 1 : 2);
    if (serial > LAST_CITY_SERIAL)
      throw new RangeError('the sample city is too large: numbers of a day ran out');
    this.given.set(key, before + 1);
    return sampleDocument(type, birth, serial, region);
  }
}
