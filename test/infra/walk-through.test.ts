import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StageName } from '../../infra/config/stage-config.ts';
import { stages } from '../../infra/config/stages.ts';
import { routes } from '../../shared/contract/routes.ts';
import { propertiesOf, stackNames, synthesise } from './synthesise.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const document = read('docs/deploying.md');
const section = (heading: string) => {
  const [, text = ''] = document.split(`\n## ${heading}\n`);
  return text.split('\n## ')[0]!;
};
const walk = section('From an empty account to the first check');
const { scripts } = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
/** Made before the tests, which have little time each. */
const templates = Object.values(stages).map(synthesise);
const production = templates.find(({ stage }) => stage.name === 'prod')!;
const all = (text: string, form: RegExp) => [...text.matchAll(form)].map(([, ...groups]) => groups);

describe('the walk-through to the first check', () => {
  it('has its steps in order', () => {
    const steps = all(walk, /^\*\*(\d+)\. /gm).map(([number]) => Number(number));
    expect(steps).toEqual(steps.map((_, index) => index + 1));
    expect(steps.length).toBeGreaterThan(10);
  });

  it.each(templates)('asks for outputs that the stacks of $stage.name have', (stacks) => {
    const asked = all(walk, /output (\w+) (\w+)/g).filter(([stack]) => stack !== 'stack');
    expect(asked.length).toBeGreaterThan(6);
    for (const [stack, name] of asked as [(typeof stackNames)[number], string][]) {
      expect([stack, stackNames.includes(stack)]).toEqual([stack, true]);
      const outputs = Object.keys(stacks[stack].toJSON().Outputs);
      expect([stack, name, outputs.includes(name)]).toEqual([stack, name, true]);
    }
  });

  it('runs commands that there are, wherever the document does', () => {
    const run = all(document, /npm run (?:-s )?([a-z][a-z:-]*)/g).map(([name]) => name!);
    expect(run).toContain('partner');
    for (const name of run) expect([name, name in scripts]).toEqual([name, true]);
  });

  it('asks for operations that there are', () => {
    const paths = [...new Set(all(walk, /\$API_URL(\/v1\/[\w/-]+)/g).map(([path]) => path!))];
    expect(paths).toContain('/v1/partner/checks');
    for (const path of paths) expect(routes.map((route): string => route.path)).toContain(path);
  });

  it('names stages and regions as they are', () => {
    for (const { name, region } of Object.values(stages)) {
      expect(walk).toContain(`\`${name}\``);
      expect(walk).toContain(region);
    }
    const [{ Name }] = propertiesOf(production.api, 'AWS::ApiGateway::RestApi');
    expect(Name).toBe('permit-eligibility-prod');
    expect(walk).toContain("name=='permit-eligibility-$STAGE'");
  });
});

describe('the arithmetic of concurrency', () => {
  const rows = all(section('Concurrency'), /^\| (`.+`) \| (\d+)( each)? \|/gm).flatMap(([names, count]) =>
    all(names!, /`(\w+)`/g).map(([name]) => [name, Number(count)] as const),
  );
  const sum = rows.reduce((total, [, count]) => total + count, 0);

  it.each<StageName>(['prod', 'prod-cn'])('is that of %s', (name) => {
    expect(Object.fromEntries(rows)).toEqual(stages[name].reservedConcurrency);
    expect(document).toContain(`| together | ${sum} | of 1,000: ${1_000 - sum} are left`);
    expect(walk).toContain(`production sets ${sum} aside`);
  });
});

describe('links of the document', () => {
  it('lead to headings of it', () => {
    const headings = all(document, /^#{2,3} (.+)$/gm).map(([heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    );
    const linked = all(document, /\]\(#([^)]+)\)/g).map(([anchor]) => anchor!);
    expect(linked.length).toBeGreaterThan(4);
    for (const anchor of linked) expect(headings).toContain(anchor);
  });
});
