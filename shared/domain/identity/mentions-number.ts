import type { CanonicalDocument } from './document.ts';

/**
 * Whether `text` holds the number of `document` in any of its forms: in full, without its check digit, or with 15
 * digits. Identifiers chosen by others are stored and logged in clear, and some are made from the person's number.
 */
export function mentionsNumber(document: CanonicalDocument, text: string): boolean {
  const { number } = document;
  const forms =
    number.length === 18 ? [number.slice(0, 17), number.slice(0, 6) + number.slice(8, 17)] : [number];
  const searched = text.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
  return forms.some((form) => searched.includes(form));
}
