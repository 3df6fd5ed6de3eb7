import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { withoutEffects } from '../../../infra/bundle/unused-schemas.ts';

const kept = (source: string) =>
  transformSync(withoutEffects(source), {
    loader: 'ts',
    format: 'esm',
    treeShaking: true,
    minifySyntax: true,
  }).code;

describe('a module of schemas', () => {
  it.each([
    ['one call', 'const a = z.string();'],
    ['a chain', 'const a = z.string().check(z.minLength(1), z.regex(/^z.a$/));'],
    [
      'a chain over lines',
      'const a = z\n  .strictObject({ of: z.array(z.int()).check(z.maxLength(2)) })\n  .check(z.refine((b) => b));',
    ],
    ['a namespace of kinds', 'const a = z.iso.datetime({ offset: true });'],
  ])('loses what nothing uses: %s', (_what, source) => {
    expect(kept(`import * as z from 'zod/mini';\n${source}`)).not.toContain('a =');
  });

  it('keeps what is exported, and what a call may do', () => {
    expect(kept("import * as z from 'zod/mini';\nexport const a = z.string();")).toContain('.string()');
    expect(kept("import * as z from 'zod/mini';\nregister(z.string());")).toContain('register(');
  });

  it.each(["'z.string'", '`z.string`', '/z.a/', '/[a-z]./', 'xyz.string()', '$z.string()', 'a.z.string()'])(
    'takes nothing else for a call of zod: %s',
    (source) => expect(withoutEffects(source)).toBe(source),
  );
});
