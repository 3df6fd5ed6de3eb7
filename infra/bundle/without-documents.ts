import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { withoutEffects } from './unused-schemas.ts';

const contract = /[\\/]shared[\\/]contract[\\/].+\.ts$/;
const routeFile = /[\\/]contract[\\/]routes[\\/]/;

/** What a route says for documents alone: texts, and the schemas of what it answers, which nothing checks while it runs. */
const documentsOnly = [
  [/\b(description|summary):\s*(`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*')/gs, "$1: ''"],
  [/\bschema: \w+/g, 'schema: undefined'],
] as const;

/**
 * Leaves out of the contract what only documents tell: the texts of routes and the schemas of their answers, and what
 * schemas say of themselves (`documented`), for which each schema is made a second time at every start.
 */
export const withoutDocuments: Plugin = {
  name: 'without-documents',
  setup(build) {
    build.onLoad({ filter: contract }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const own = routeFile.test(path) ? withoutTexts(source) : source;
      return { contents: withoutEffects(withoutWords(own)), loader: 'ts' };
    });
  },
};

function withoutTexts(source: string): string {
  return documentsOnly.reduce((text, [form, instead]) => text.replace(form, instead), source);
}

const WORDS = /\s*\.apply\(\s*documented,/g;

/** A source without its calls of `documented`. */
export function withoutWords(source: string): string {
  let kept = '';
  let from = 0;
  for (const { index, 0: call } of source.matchAll(WORDS)) {
    // Words hold no schemas, and so no words.
    kept += source.slice(from, index);
    from = endOfCall(source, index + call.length);
  }
  return kept + source.slice(from);
}

/**
 * Behind the parenthesis that closes a call whose arguments begin at `start`. Knows strings and comments, not regular
 * expressions and not code inside a template: esbuild refuses what comes out of such arguments.
 */
function endOfCall(source: string, start: number): number {
  const piece = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[()]/g;
  piece.lastIndex = start;
  let depth = 1;
  for (let match = piece.exec(source); match !== null; match = piece.exec(source)) {
    if (match[0] === '(') depth++;
    else if (match[0] === ')' && --depth === 0) return piece.lastIndex;
  }
  throw new Error('A call of meta has no end.');
}
