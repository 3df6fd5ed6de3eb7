import { globSync, readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { withoutWords } from '../../../infra/bundle/without-documents.ts';

const sources = globSync('shared/contract/**/*.ts').filter((file) => !file.endsWith('/documented.ts'));

describe('a source of the contract without what its schemas say of themselves', () => {
  it.each([
    ["const a = z.string().apply(documented, { id: 'A' });", 'const a = z.string();'],
    [
      "z.int()\n  .check(z.minimum(0))\n  .apply(documented, { description: 'f(x) :)' })\n  .check(f)",
      'z.int()\n  .check(z.minimum(0))\n  .check(f)',
    ],
    ["x.apply(documented, { a: 'it\\'s (', b: `)`, c: \")\" /* ) */ }) // ok", 'x // ok'],
    ['x.apply(documented, f(g(1), (2))).apply(\n  documented,\n  {},\n)', 'x'],
    ['no call of it', 'no call of it'],
  ])('of %j is %j', (source, expected) => {
    expect(withoutWords(source)).toBe(expected);
  });

  it('refuses a call without an end', () => {
    expect(() => withoutWords("x.apply(documented, { a: ')' }")).toThrow(/no end/);
  });

  it('is still a module, with nothing else gone', () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(sources.some((file) => readFileSync(file, 'utf8').includes('.apply(documented'))).toBe(true);
    for (const file of sources) {
      const source = readFileSync(file, 'utf8');
      const stripped = withoutWords(source);
      expect(stripped).not.toMatch(/apply\(\s*documented/);
      expect(() => transformSync(stripped, { loader: 'ts' })).not.toThrow();
      // What is exported, and what it checks, is all there.
      for (const form of [/^export /gm, /\.(?:check|regex|optional|strictObject|refine)\(/g]) {
        expect(stripped.match(form)).toEqual(source.match(form));
      }
    }
  });
});
