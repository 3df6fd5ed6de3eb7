import type { CanonicalDocument } from './document.ts';

/**
 * The date of birth in the number of a document (`YYYY-MM-DD`): its digits 7 to 14, in the layout all cards of 18 share;
 * null for the one that has none, the foreign permanent resident's card of 2017.
 */
export function birthDateOf({ number }: CanonicalDocument): string | null {
  if (number.length !== 18) return null;
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
}
