import { daysInMonth } from '../calendar/civil-date.ts';
import { checkCharacter } from './check-character.ts';
import type { CanonicalDocument, Document, DocumentType } from './document.ts';
import { type DocumentFault, type DocumentFaultCode, documentFault } from './document-fault.ts';

/** The document in its canonical form, or what is wrong with its number. */
export type NormalisedDocument =
  | { readonly document: CanonicalDocument; readonly fault?: never }
  | { readonly document?: never; readonly fault: DocumentFault };

/** Address code of no place: the numbers of sample residents begin with it, so that they are nobody's. */
export const SAMPLE_REGION = '000000';

/** Address codes of 港澳台居民居住证: Hong Kong, Macau, Taiwan. */
const HMT_REGIONS = new Set(['810000', '820000', '830000']);

/** The last four serial numbers of the old form were kept for people born before 1900 (GB 11643-1989). */
const FIRST_CENTENARIAN_SERIAL = 996;

/**
 * Brings the number of a document into its canonical form: half-width, upper case, without spaces; a citizen number of
 * 15 digits becomes the one of 18 (GB 11643-1999). Both forms of a person's number give the same result. The number of
 * a foreign permanent resident's card of 2017 stays as it is: no rule turns it into that of the card of 2023.
 *
 * Checks what the number says of itself: its length, its characters, the kind of address code, that its date of birth
 * exists (1800 or later) and its check digit. It does not say that such a document was ever issued.
 */
export function normaliseDocument({ type, number }: Document): NormalisedDocument {
  const canonical = canonicalNumber(type, plainCharacters(number));
  if ('code' in canonical) return { fault: documentFault(canonical.code) };
  return { document: { type, number: canonical.number } as CanonicalDocument };
}

/** As typed on any keyboard or copied from any page: full-width forms, blanks of every kind, lower case. */
function plainCharacters(number: string): string {
  return number
    .replace(/[\s\u200b-\u200d\u2060]/g, '')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

type Canonical = { readonly number: string } | { readonly code: DocumentFaultCode };

function canonicalNumber(type: DocumentType, number: string): Canonical {
  if (number.length === 15 && type !== 'hmt-permit') {
    const form = type === 'resident-id' ? /^\d{15}$/ : /^[A-Z]{3}\d{12}$/;
    if (!form.test(number)) return { code: 'document-characters' };
    return type === 'resident-id' ? checked(type, modernForm(number)) : { number };
  }
  return checked(type, number);
}

/** 17 digits and a check character, the birth date from the 7th digit on: the layout all cards of 18 share. */
function checked(type: DocumentType, number: string): Canonical {
  if (number.length !== 18) return { code: 'document-length' };
  if (!/^\d{17}[\dX]$/.test(number)) return { code: 'document-characters' };
  const holder = typeByRegion(number.slice(0, 6));
  if (holder !== type) return { code: holder === null ? 'document-region' : 'document-of-another-type' };
  if (!isBirthDate(number.slice(6, 14))) return { code: 'document-birth-date' };
  if (number.charAt(17) !== checkCharacter(number)) return { code: 'document-check-digit' };
  return { number };
}

/**
 * Which document has numbers with this address code; null: none. Provinces have the codes 11 to 71; which counties
 * there are is not asked, as numbers keep the codes of counties long gone.
 */
function typeByRegion(region: string): DocumentType | null {
  if (HMT_REGIONS.has(region)) return 'hmt-permit';
  if (region.startsWith('9')) return 'foreign-pr';
  return /^[1-7]/.test(region) || region === SAMPLE_REGION ? 'resident-id' : null;
}

/** The 18 digits of the 15 of before 1999: the century, and a check character. */
function modernForm(number: string): string {
  const century = Number(number.slice(12)) >= FIRST_CENTENARIAN_SERIAL ? '18' : '19';
  const digits = `${number.slice(0, 6)}${century}${number.slice(6)}`;
  return digits + checkCharacter(digits);
}

function isBirthDate(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
  return (
    year >= 1800 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  );
}
