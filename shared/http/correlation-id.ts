const FORM = /^[\w.-]{1,64}$/;

/** A citizen's number or that of a card of 18: place, date of birth, serial number, check character. */
const NUMBER = /\d{6}(?:1[89]|2[01])\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]/;
/** Its first 17 digits, the number of before 1999, that of a foreign resident's card of 2017, a mobile phone. */
const STANDING_ALONE =
  /(?<![0-9A-Za-z])(?:\d{6}(?:1[89]|2[01])\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}|\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}|[A-Za-z]{3}\d{12}|1[3-9]\d[.-]?\d{4}[.-]?\d{4})(?![0-9A-Za-z])/;

/**
 * The caller's own id of a request, where it is one and harmless; else null. It is logged and sent back, and some callers take
 * for it what they have at hand: what can be a person's number or phone is not taken over. Of random ids, UUIDs or counters
 * of 64 bits, fewer than one in some hundreds looks like that.
 */
export function harmlessCorrelationId(given: string | undefined): string | null {
  if (given === undefined || !FORM.test(given)) return null;
  const together = given.replace(/[^0-9A-Za-z]/g, '');
  return NUMBER.test(together) || STANDING_ALONE.test(given.replaceAll('_', '.')) ? null : given;
}
