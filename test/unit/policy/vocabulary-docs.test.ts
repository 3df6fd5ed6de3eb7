import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { expressionSchema } from '../../../shared/domain/policy/expression-schema.ts';
import type { FactDefinition } from '../../../shared/domain/policy/vocabulary.ts';
import { VOCABULARY } from '../../../shared/domain/policy/vocabulary.ts';
import { compileLibrary } from '../../../shared/policies/compile-library.ts';
import { lintLibrary } from '../../../shared/policies/lint-library.ts';
import { readPackLibrary } from '../../../shared/policies/pack-library.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const guidePath = join(root, 'docs/writing-a-policy.md');
const guide = readFileSync(guidePath, 'utf8');

test('the guide to writing a policy lists every fact of the vocabulary', () => {
  const section = /(<!-- vocabulary:[^\n]*-->\n)[\s\S]*?(<!-- \/vocabulary -->)/;
  const expected = guide.replace(section, (_match, start, end) => `${start}${vocabularyTable()}${end}`);
  // VOCABULARY_DOCS=write puts the table into the guide.
  if (process.env.VOCABULARY_DOCS === 'write') writeFileSync(guidePath, expected);
  else expect(guide).toBe(expected);
  expect(expected).toContain('`permit.status`');
});

test('every test the guide shows is one, and every form of test is shown', () => {
  const shown = blocks('test').map((block) => parse(block) as unknown);
  const faults = shown
    .map((expression) => expressionSchema.safeParse(expression))
    .filter((result) => !result.success);
  expect(faults).toEqual([]);
  const keys = new Set(shown.flatMap((expression) => Object.keys(expression as object)));
  for (const form of ['fact', 'age', 'since', 'count', 'insurance', 'area', 'sameArea', 'calendar']) {
    expect(keys).toContain(form);
  }
  for (const combination of ['all', 'any', 'not', 'of']) expect(guide).toContain(`${combination}:`);
});

test('the example city of the guide passes the check', () => {
  const library = mkdtempSync(join(tmpdir(), 'policies-'));
  try {
    cpSync(join(root, 'shared/policies/cn-national'), join(library, 'cn-national'), { recursive: true });
    mkdirSync(join(library, 'hangzhou'));
    for (const [kind, suffix] of [
      ['pack', ''],
      ['cases', '.cases'],
    ] as const) {
      const [content] = blocks(kind);
      writeFileSync(join(library, `hangzhou/2018-09-01${suffix}.yaml`), content!);
    }
    const compiled = compileLibrary(readPackLibrary(library));
    expect(lintLibrary(compiled)).toEqual([]);
    expect(compiled.compiled.map(({ entry }) => entry.policy)).toContain('hangzhou');
  } finally {
    rmSync(library, { recursive: true });
  }
});

/** The YAML blocks of the guide marked with `kind`. */
function blocks(kind: 'pack' | 'cases' | 'test'): string[] {
  return [...guide.matchAll(/```yaml (\w+)\n([\s\S]*?)```/g)]
    .filter(([, marked]) => marked === kind)
    .map(([, , content]) => content!);
}

function vocabularyTable(): string {
  const rows = Object.entries<FactDefinition>(VOCABULARY).map(([path, { type, label, derived }]) => {
    const kind = `${typeText(type)}${derived ? ' (derived)' : ''}`;
    return `| \`${path}\` | ${kind} | ${label['zh-CN']} | ${label.en} |`;
  });
  return `${['| fact | type | 中文 | meaning |', '|---|---|---|---|', ...rows].join('\n')}\n`;
}

function typeText(type: FactDefinition['type']): string {
  switch (type.kind) {
    case 'boolean':
      return '`true`, `false`';
    case 'enum':
      return type.values.map((value) => `\`${value}\``).join(', ');
    case 'number':
      return `number: ${type.unit}`;
    case 'children':
      return 'list, for `count`';
    default:
      return type.kind;
  }
}
