import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const text = readFileSync(new URL('docs/threat-model.md', root), 'utf8');

/** The ten of 2023, each with what is written under it. */
const items = text
  .split(/^## /m)
  .map((section) => /^(API\d+):2023 .+\n([\s\S]*)$/.exec(section))
  .filter((match) => match !== null)
  .map(([, id, body]) => ({ id: id!, body: body! }));

const filesIn = (part: string) =>
  [...part.matchAll(/`((?:docs|functions|infra|shared|test)\/[\w./-]+)`/g)].map(([, file]) => file!);

/** A part under its heading in bold, up to the next one. */
function part(body: string, heading: string): string {
  const [, after = ''] = body.split(`**${heading}.**`);
  return after.split(/\n\*\*[A-Z]/)[0]!.split(/^## /m)[0]!;
}

describe('the threat model', () => {
  it('goes through all ten of the OWASP API Security Top 10 of 2023, in order', () => {
    expect(items.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, index) => `API${index + 1}`));
  });

  it.each(items)(
    'says of $id what threatens, what holds it, which test holds that, and what is left',
    ({ body }) => {
      for (const heading of ['What threatens', 'What holds it', 'Tests', 'What is left']) {
        expect([heading, part(body, heading).trim().length > 40]).toEqual([heading, true]);
      }
      expect(filesIn(part(body, 'What holds it')).length).toBeGreaterThan(0);
      const tests = filesIn(part(body, 'Tests'));
      expect(tests.length).toBeGreaterThan(0);
      expect(tests.filter((file) => !/^test\/.+\.test\.ts$/.test(file))).toEqual([]);
    },
  );

  it('names no file that does not exist', () => {
    const files = filesIn(text);
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
  });
});
