import { factLabel } from '../fact-label.ts';
import type { Language } from '../pack-schema.ts';
import type { JsonText } from './json-text.ts';

/** By path of a fact that can be missing: there are as many as the vocabulary and the kinds of insurance have. */
const labels = new Map<string, Readonly<Record<Language, string>>>();

function labelOf(path: string, language: Language): string {
  let label = labels.get(path);
  if (label === undefined) {
    label = { 'zh-CN': factLabel(path, 'zh-CN'), en: factLabel(path, 'en') };
    labels.set(path, label);
  }
  return label[language];
}

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
    out.write(labelOf(paths[index]!, language));
  }
  out.write(last);
}
