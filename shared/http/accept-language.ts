import { type Language, languages } from '../contract/language.ts';

const RANGE = /^([a-z]{1,8}(?:-[a-z\d]{1,8})*|\*)(?:;q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

/**
 * The language to answer in: the one of ours that `Accept-Language` (RFC 9110, section 12.5.4) weighs highest, the
 * earlier of equals; the default where it names none of them. Any Chinese is `zh-CN`, any English `en`. A range that
 * cannot be read is passed over: a strange header is no reason to refuse anyone.
 */
export function acceptLanguage(value: string | undefined): Language {
  let best: Language = languages[0];
  let bestWeight = 0;
  // A sensible header has a handful of ranges; the rest of a hostile one is not looked at.
  for (const range of (value ?? '').split(',', 32)) {
    const match = RANGE.exec(range.replace(/\s/g, ''));
    if (match === null) continue;
    const weight = Number(match[2] ?? 1);
    const primary = match[1]?.split('-', 1)[0]?.toLowerCase();
    const language =
      primary === '*' ? languages[0] : languages.find((known) => known.split('-')[0] === primary);
    if (language !== undefined && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  return best;
}
