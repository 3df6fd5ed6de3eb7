import { factLabel } from '../fact-label.ts';
import type { Language } from '../pack-schema.ts';
import type { JsonText } from './json-text.ts';

const NONE = '[]';
const FIRST = '["';
const NEXT = '","';
const LAST = '"]';

/** Writes a list of paths of facts as JSON. */
export function writePaths(out: JsonText, paths: readonly string[]): void {
  for (let index = 0; index < paths.length; index++) {
    out.write(index === 0 ? FIRST : NEXT);
    out.write(paths[index]!);
  }
  out.write(paths.length === 0 ? NONE : LAST);
}

const PROVIDE: Readonly<Record<Language, readonly [first: string, next: string, last: string]>> = {
  'zh-CN': ['请补充：', '、', '。'],
  en: ['Provide: ', '; ', '.'],
};

/** Writes, between quotes that are there, that these facts are to be given. */
export function writeProvide(out: JsonText, paths: readonly string[], language: Language): void {
  const [first, next, last] = PROVIDE[language];
  for (let index = 0; index < paths.length; index++) {
    out.write(index === 0 ? first : next);
    out.write(factLabel(paths[index]!, language));
  }
  out.write(last);
}
