import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { compilePolicy } from '../../../shared/domain/policy/compile.ts';
import { evaluateEligibility } from '../../../shared/domain/policy/evaluate-eligibility.ts';
import { lintVersions } from '../../../shared/domain/policy/lint/lint-versions.ts';
import type { Pack } from '../../../shared/domain/policy/pack-schema.ts';
import { policyHistory } from '../../../shared/domain/policy/policy-history.ts';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import type { ServiceAnswer } from '../../support/packs/one-service.ts';
import { conditionOn } from '../../support/packs/one-service.ts';
import { samplePack } from '../../support/sample-pack.ts';

const CODE = 'legal.aid';

/** A version whose only service asks for so many months of residence. */
function version(from: string, until: string | null, months: number): Pack {
  const example = samplePack().services[CODE]!;
  return samplePack({
    version: from,
    effective: { from, until },
    conditions: {
      resident: conditionOn({ fact: 'residence.continuousMonths', atLeast: months }),
    } as Pack['conditions'],
    services: {
      [CODE]: { ...example, routes: [{ ...example.routes[0]!, when: 'resident' }] },
    } as unknown as Pack['services'],
  });
}

function answer(packs: readonly Pack[], asOf: string, resident: Resident) {
  const history = policyHistory('sample-city', packs.map(compilePolicy));
  const text = evaluateEligibility(history, resident, {
    asOf: parseCivilDate(asOf)!,
    explain: 'full',
    language: 'en',
  });
  const { policy, services } = JSON.parse(text) as {
    policy: { version: string };
    services: readonly ServiceAnswer[];
  };
  return { version: policy.version, ...services[0]! };
}

describe('a version without an end', () => {
  const [open, stricter] = [version('2020-01-01', null, 6), version('2026-07-01', null, 24)];
  const resident: Resident = { residence: { periods: [{ from: '2025-07-01' }] } };

  it.each([
    ['2026-06-30', '2020-01-01', 'eligible'],
    ['2026-07-01', '2026-07-01', 'not_eligible'],
  ])('holds until the next one begins: %s', (asOf, governing, outcome) => {
    for (const packs of [
      [open, stricter],
      [stricter, open],
    ]) {
      expect(answer(packs, asOf, resident)).toMatchObject({ version: governing, outcome });
    }
  });

  it('ends what it gives on the day before, which is foreseen once the next one is published', () => {
    expect(answer([open], '2026-06-01', resident)).toMatchObject({
      outcome: 'eligible',
      eligibleUntil: null,
    });
    expect(answer([open, stricter], '2026-06-01', resident)).toMatchObject({
      outcome: 'eligible',
      eligibleUntil: '2026-06-30',
    });
  });

  it('and the next one is foreseen by those who do not qualify yet', () => {
    const newcomer: Resident = { residence: { periods: [{ from: '2026-05-01' }] } };
    expect(answer([open], '2026-06-01', newcomer)).toMatchObject({ eligibleFrom: '2026-11-01' });
    expect(answer([open, stricter], '2026-06-01', newcomer)).toMatchObject({ eligibleFrom: '2028-05-01' });
  });

  it('is followed by one that ends: after that none is in force', () => {
    const last = version('2026-07-01', '2026-12-31', 1);
    expect(answer([open, last], '2026-06-01', resident)).toMatchObject({ eligibleUntil: '2026-12-31' });
    expect(() => answer([open, last], '2027-01-01', resident)).toThrow(
      'no version of the policy is in force',
    );
  });
});

describe('the lint of versions', () => {
  const lint = (of: Pack, ...others: Pack[]) =>
    lintVersions(of, [of, ...others]).map(({ path, code, message }) => [path.join('.'), code, message]);

  it.each([
    ['one without an end, and the next', version('2020-01-01', null, 6), version('2026-07-01', null, 6), []],
    ['the next, and one without an end', version('2026-07-01', null, 6), version('2020-01-01', null, 6), []],
    [
      'one that ends the day before',
      version('2020-01-01', '2020-12-31', 6),
      version('2021-01-01', null, 6),
      [],
    ],
    [
      'one that ends on the first day of the next',
      version('2020-01-01', '2021-01-01', 6),
      version('2021-01-01', null, 6),
      [['effective.until', 'version-overlap', 'version 2021-01-01 is in force from 2021-01-01 as well']],
    ],
    [
      'one that begins on the last day of the one before',
      version('2021-01-01', null, 6),
      version('2020-01-01', '2021-01-01', 6),
      [['effective.from', 'version-overlap', 'version 2020-01-01 is in force until 2021-01-01 as well']],
    ],
    [
      'one that ends two days before',
      version('2020-01-01', '2020-12-30', 6),
      version('2021-01-01', null, 6),
      [['effective.until', 'version-gap', 'no version is in force from 2020-12-31 until 2021-01-01 begins']],
    ],
  ])('looks at %s', (_what, of, other, findings) => {
    expect(lint(of, other)).toEqual(findings);
  });

  it('finds two that begin on one day', () => {
    const twin = { ...version('2020-01-01', null, 6), version: '2020-01-01.b' };
    expect(lint(version('2020-01-01', null, 6), twin)).toEqual([
      ['effective.until', 'version-overlap', 'version 2020-01-01.b is in force from 2020-01-01 as well'],
    ]);
  });
});
