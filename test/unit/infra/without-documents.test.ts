import { globSync, readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { withoutMeta } from '../../../infra/bundle/without-documents.ts';

const sources = globSync('shared/contract/**/*.ts');

describe('a source of the contract without what its schemas say of themselves', () => {
  it.each([
    ["const a = z.string().meta({ id: 'A' });", 'const a = z.string();'],
    [
      "z.int()\n  .min(0)\n  .meta({ description: 'f(x) :)' })\n  .optional()",
      'z.int()\n  .min(0)\n  .optional()',
    ],
    ["x.meta({ a: 'it\\'s (', b: `)`, c: \")\" /* ) */ }) // ok", 'x // ok'],
    ['x.meta(f(g(1), (2))).meta({})', 'x'],
    ['no call of it', 'no call of it'],
  ])('of %j is %j', (source, expected) => {
    expect(withoutMeta(source)).toBe(expected);
  });

  it('refuses a call without an end', () => {
    expect(() => withoutMeta("x.meta({ a: ')' }")).toThrow(/no end/);
  });

  it('is still a module, with nothing else gone', () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(sources.some((file) => readFileSync(file, 'utf8').includes('.meta('))).toBe(true);
    for (const file of sources) {
      const source = readFileSync(file, 'utf8');
      const stripped = withoutMeta(source);
      expect(stripped).not.toContain('.meta(');
      expect(() => transformSync(stripped, { loader: 'ts' })).not.toThrow();
      // What is exported, and what it checks, is all there.
      for (const form of [/^export /gm, /\.(?:min|max|regex|optional|strictObject|refine)\(/g]) {
        expect(stripped.match(form)).toEqual(source.match(form));
      }
    }
  });
});
