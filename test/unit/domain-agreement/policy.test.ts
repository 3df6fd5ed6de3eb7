import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findContradictions } from '../../../shared/domain/resident/contradictions.ts';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { bothEngines, describeDisagreements, disagreements, productText } from '../../reference/compare.ts';
import { isOpen } from '../../reference/open-disagreements.ts';
import { seededChooser, shuffled } from '../../support/chooser.ts';
import { generateCases, generateResidents } from '../../support/generate-residents.ts';
import { combinedDraft, packOf } from '../../support/packs/every-form.ts';
import { PARAMETERS } from '../../support/packs/parameters.ts';
import { realPolicies } from '../../support/packs/real-packs.ts';
import { everyTest } from '../../support/packs/versions.ts';

const policies = realPolicies();

describe.each(policies.map((policy) => [policy.history.id, policy] as const))(
  'the policy %s',
  (_, policy) => {
    it('answers generated residents as the reference does', () => {
      const first = policy.packs.map(({ effective }) => effective.from).toSorted()[0]!;
      const cases = generateCases(130, 20_240_220).filter(({ asOf }) => asOf >= first);
      const found = cases
        .flatMap(({ resident, asOf }) => disagreements(policy, resident, asOf))
        .filter((each) => !isOpen(each));
      expect(cases.length).toBeGreaterThan(110);
      expect(found.length, describeDisagreements(policy, found)).toBe(0);
    });
  },
);

describe.each(Object.entries(PARAMETERS))('a policy of every form of a test, under %s', (_, parameters) => {
  it('answers generated residents as the reference does', () => {
    const engines = bothEngines(packOf({ ...combinedDraft, parameters, tests: everyTest }));
    const found = generateCases(25, 663)
      .flatMap(({ resident, asOf }) => disagreements(engines, resident, asOf))
      .filter((each) => !isOpen(each));
    expect(found.length, describeDisagreements(engines, found)).toBe(0);
  });
});

describe('an answer', () => {
  const engines = bothEngines(packOf({ ...combinedDraft, tests: everyTest }));

  it('does not depend on the order in which events, registrations and contributions are given', () => {
    const chooser = seededChooser(12);
    const reordered = (value: unknown): unknown => {
      if (Array.isArray(value)) return shuffled(chooser, value.map(reordered));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        shuffled(chooser, Object.entries(value)).map(([key, member]) => [key, reordered(member)]),
      );
    };
    // Where a finding or a missing fact stands in the request is part of the answer; what it says is not in question.
    const withoutPointers = (text: string) => text.replaceAll(/"pointer":"[^"]*"/g, '');
    for (const { resident, asOf } of generateCases(80, 8)) {
      const again = productText(engines, reordered(resident) as Resident, asOf);
      expect(withoutPointers(again)).toBe(withoutPointers(productText(engines, resident, asOf)));
    }
  });

  it('is the same to the byte in every time zone and locale of the host', () => {
    const script = fileURLToPath(new URL('../../support/print-answers-digest.ts', import.meta.url));
    const digestsIn = (LANG: string, zones: readonly string[]) =>
      execFileSync(process.execPath, [script, ...zones], {
        encoding: 'utf8',
        env: { ...process.env, LANG, LC_ALL: LANG },
      })
        .trim()
        .split('\n')
        .map((line) => line.split(' '));
    const printed = [
      ...digestsIn('zh_CN.UTF-8', ['UTC', 'Asia/Shanghai']),
      ...digestsIn('tr_TR.UTF-8', ['America/Los_Angeles', 'Pacific/Kiritimati']),
    ];
    expect(printed.map(([offset]) => offset)).toEqual(['0', '480', '-420', '840']);
    const digests = new Set(printed.map(([, digest]) => digest));
    expect([...digests]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});

describe('generated residents', () => {
  it('are the same for the same seed and free of contradictions', () => {
    const residents = generateResidents(300, 3, { asOf: '2024-02-29' });
    expect(generateResidents(300, 3, { asOf: '2024-02-29' })).toEqual(residents);
    expect(generateResidents(300, 4, { asOf: '2024-02-29' })).not.toEqual(residents);
    expect(residents.flatMap((resident) => findContradictions(resident, '2024-02-29'))).toEqual([]);
  });

  it('come as histories, as summaries or mixed', () => {
    const forms = (facts: 'histories' | 'summaries' | 'mixed') =>
      new Set(
        generateResidents(200, 5, { facts }).flatMap(({ permit }) => (permit ? ['events' in permit] : [])),
      );
    expect(forms('histories')).toEqual(new Set([true]));
    expect(forms('summaries')).toEqual(new Set([false]));
    expect(forms('mixed').size).toBe(2);
  });
});
