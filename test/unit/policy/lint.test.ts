import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileLibrary } from '../../../shared/policies/compile-library.ts';
import { lintLibrary } from '../../../shared/policies/lint-library.ts';
import { readPackLibrary } from '../../../shared/policies/pack-library.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const guide = readFileSync(join(root, 'docs/writing-a-policy.md'), 'utf8');
/** The example of the guide to writing a policy, which has no fault. */
const example = {
  pack: /```yaml pack\n([\s\S]*?)```/.exec(guide)![1]!,
  cases: /```yaml cases\n([\s\S]*?)```/.exec(guide)![1]!,
};
type Kind = keyof typeof example;

let library: string;

beforeAll(() => {
  library = mkdtempSync(join(tmpdir(), 'policies-'));
  cpSync(join(root, 'shared/policies/cn-national'), join(library, 'cn-national'), { recursive: true });
  mkdirSync(join(library, 'hangzhou'));
});
afterAll(() => rmSync(library, { recursive: true }));

/** The findings about the example with one passage replaced in one of its files: the line's text, the code, what is said. */
function findings(
  kind: Kind,
  passage: string,
  other: string,
): { at: string; code: string; message: string }[] {
  const files = { ...example, [kind]: example[kind].replace(passage, other) };
  expect(files[kind], 'the example has the passage').not.toBe(example[kind]);
  writeFileSync(join(library, 'hangzhou/2018-09-01.yaml'), files.pack);
  writeFileSync(join(library, 'hangzhou/2018-09-01.cases.yaml'), files.cases);
  return lintLibrary(compileLibrary(readPackLibrary(library))).map(({ file, line, code, message }) => ({
    at: readFileSync(file, 'utf8').split('\n')[line - 1]!.trim(),
    code,
    message,
  }));
}

describe('the check of a policy', () => {
  it.each<[string, Kind, string, string, { at: string; code: string; message?: string }[]]>([
    [
      'a field there is not',
      'pack',
      '    tier: B\n',
      '    tier: B\n    tierr: B\n',
      [
        {
          at: 'tierr: B',
          code: 'schema',
          message: 'services.housing.rental-subsidy.tierr: there is no such field',
        },
      ],
    ],
    [
      'a list that is not closed, and nothing of what follows from it',
      'pack',
      "city: ['3301*']",
      "city: ['3301*'",
      [{ at: 'sources:', code: 'syntax' }],
    ],
    [
      'a fact there is not',
      'pack',
      'fact: residence.continuousMonths',
      'fact: residence.continuosMonths',
      [{ at: 'test: { fact: residence.continuosMonths, atLeast: 36 }', code: 'schema' }],
    ],
    [
      'an area set that nothing defines',
      'pack',
      'in: city }',
      'in: town }',
      [{ at: '- { area: permit.areaCode, in: town }', code: 'undefined-name' }],
    ],
    [
      'a condition without a source',
      'pack',
      '        source: { from: example-rule, article: 第二条, quote: 连续居住满三年 }\n',
      '',
      [{ at: 'three-years:', code: 'schema' }],
    ],
    [
      'a condition of a source that nothing defines',
      'pack',
      'from: example-rule, article: 第二条',
      'from: another-rule, article: 第二条',
      [
        {
          at: 'source: { from: another-rule, article: 第二条, quote: 连续居住满三年 }',
          code: 'undefined-name',
        },
      ],
    ],
    [
      'a threshold of which one side is not tested',
      'cases',
      'asOf: 2022-05-31\n',
      'asOf: 2022-04-30\n',
      [
        {
          at: 'three-years:',
          code: 'threshold-not-tested',
          message: 'three-years: no case has the value 35',
        },
      ],
    ],
    [
      'a case that fails',
      'cases',
      'route: permit-holder',
      'route: local-hukou',
      [{ at: 'expect:', code: 'case-fails' }],
    ],
    [
      'a case on a day before the version',
      'cases',
      'asOf: 2021-04-01',
      'asOf: 2018-08-31',
      [
        { at: 'asOf: 2018-08-31', code: 'case-outside-version' },
        { at: 'city-permit:', code: 'threshold-not-tested' },
      ],
    ],
    [
      'a resident of the file who is not one, once and not for every case',
      'cases',
      "    hukou: { areaCode: '513425' }\n    #",
      "    hukuo: { areaCode: '513425' }\n    #",
      [
        {
          at: "hukuo: { areaCode: '513425' }",
          code: 'case-invalid',
          message: 'hukuo: there is no such field',
        },
      ],
    ],
    [
      'a resident of one case who is not one',
      'cases',
      "resident: { hukou: { areaCode: '513425' }, permit: { status: valid, areaCode: '330106' } }",
      "resident: { hukou: { areaCode: '513425' }, permit: { status: vald, areaCode: '330106' } }",
      [
        {
          at: "resident: { hukou: { areaCode: '513425' }, permit: { status: vald, areaCode: '330106' } }",
          code: 'case-invalid',
        },
      ],
    ],
    [
      'a resident who contradicts himself',
      'cases',
      '{ type: endorsed, on: 2020-02-15 }',
      '{ type: endorsed, on: 2019-02-15 }',
      [
        ...[1, 2, 3].map(() => ({ at: 'resident: holder', code: 'case-invalid' })),
        { at: 'city-permit:', code: 'threshold-not-tested' },
        { at: 'three-years:', code: 'threshold-not-tested' },
      ],
    ],
  ])('names the line of %s', (_what, kind, passage, other, expected) => {
    const found = findings(kind, passage, other);
    expect(found).toEqual(expected.map((each) => expect.objectContaining(each)));
  });
});
