import { factLabel } from '../fact-label.ts';
import type { Language } from '../pack-schema.ts';

const NONE = '[]';
const FIRST = '["';
const NEXT = '","';
const LAST = '"]';

/** A list of paths of facts as JSON. */
export function pathsJson(paths: readonly string[]): string {
  if (paths.length === 0) return NONE;
  let json = FIRST + paths[0]!;
  for (let index = 1; index < paths.length; index++) json += NEXT + paths[index]!;
  return json + LAST;
}

const PROVIDE: Readonly<Record<Language, { first: string; next: string; last: string }>> = {
  'zh-CN': { first: '请补充：', next: '、', last: '。' },
  en: { first: 'Provide: ', next: '; ', last: '.' },
};

/** That these facts, one at least, are to be given: as it stands between the quotes of a JSON string. */
export function provideText(paths: readonly string[], language: Language): string {
  const { first, next, last } = PROVIDE[language];
  let text = first + factLabel(paths[0]!, language);
  for (let index = 1; index < paths.length; index++) text += next + factLabel(paths[index]!, language);
  return text + last;
}
