import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { productPacks } from '../support/product-packs.ts';
import { publishedApi } from '../support/published-api.ts';

const readme = readFileSync('README.md', 'utf8');

function block(marker: string): string {
  const match = new RegExp(`<!-- example: ${marker} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(readme);
  if (match === null) throw new Error(`README.md has no example marked ${marker}`);
  return match[1]!;
}

describe('README.md', () => {
  it('shows the answer that its curl gets', async () => {
    const request = JSON.parse(/-d '([\s\S]*)'/.exec(block('POST /v1/evaluations'))![1]!);
    const api = await publishedApi({ packs: productPacks(), defaultPolicy: 'chengdu' });
    const answer = await api.evaluate(request, { 'Accept-Language': 'en' });
    expect(answer.status).toBe(200);
    expect(JSON.parse(block('answer'))).toEqual(answer.json);
  });

  it.each([...readme.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1]!))(
    'names a script that is there: %s',
    (name) => {
      const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
        scripts: Record<string, string>;
      };
      expect(Object.keys(scripts)).toContain(name);
    },
  );
});
