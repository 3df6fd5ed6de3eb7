import { factLabel } from '../fact-label.ts';
import type { Language } from '../pack-schema.ts';
import { Fragment, type JsonOutput } from './json-output.ts';

interface PathFragments {
  readonly path: Fragment;
  readonly label: Readonly<Record<Language, Fragment>>;
}

/** By path of a fact that can be missing: there are as many as the vocabulary and the kinds of insurance have. */
const byPath = new Map<string, PathFragments>();

function fragmentsOf(path: string): PathFragments {
  let fragments = byPath.get(path);
  if (fragments === undefined) {
    fragments = {
      path: new Fragment(path),
      label: { 'zh-CN': new Fragment(factLabel(path, 'zh-CN')), en: new Fragment(factLabel(path, 'en')) },
    };
    byPath.set(path, fragments);
  }
  return fragments;
}

const NONE = new Fragment('[]');
const FIRST = new Fragment('["');
const NEXT = new Fragment('","');
const LAST = new Fragment('"]');

/** Writes a list of paths of facts as JSON. */
export function writePaths(out: JsonOutput, paths: readonly string[]): void {
  for (let index = 0; index < paths.length; index++) {
    out.add(index === 0 ? FIRST : NEXT);
    out.add(fragmentsOf(paths[index]!).path);
  }
  out.add(paths.length === 0 ? NONE : LAST);
}

const PROVIDE: Readonly<Record<Language, readonly [first: Fragment, next: Fragment, last: Fragment]>> = {
  'zh-CN': [new Fragment('请补充：'), new Fragment('、'), new Fragment('。')],
  en: [new Fragment('Provide: '), new Fragment('; '), new Fragment('.')],
};

/** Writes, between quotes that are there, that these facts are to be given. */
export function writeProvide(out: JsonOutput, paths: readonly string[], language: Language): void {
  const [first, next, last] = PROVIDE[language];
  for (let index = 0; index < paths.length; index++) {
    out.add(index === 0 ? first : next);
    out.add(fragmentsOf(paths[index]!).label[language]);
  }
  out.add(last);
}
