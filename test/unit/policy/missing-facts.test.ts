import { describe, expect, it } from 'vitest';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { answersOf, conditionOn } from '../../support/packs/one-service.ts';

const facts = {
  a: 'housing.leaseFiled',
  b: 'household.adultOrphan',
  c: 'education.vocationalEnrolled',
  d: 'education.juniorSecondaryInCity',
  e: 'housing.receivesOtherHousingSupport',
  f: 'education.hardshipRecognised',
} as const;
const conditions = {
  ...Object.fromEntries(Object.entries(facts).map(([id, fact]) => [id, conditionOn({ fact, is: true })])),
  x: conditionOn({ fact: 'permit.status', is: 'valid' }),
  y: conditionOn({ fact: 'sex', is: 'female' }),
  open: conditionOn('not-published'),
};
const holder: Resident = { permit: { status: 'valid' } };

function missing(routes: readonly (object | string)[], resident: Resident = holder): string[] {
  const [answer] = answersOf([{ conditions, routes }], resident);
  expect(answer!.outcome).toBe('undetermined');
  return answer!.missing.map(
    (path) => Object.entries({ ...facts, y: 'sex' }).find(([, fact]) => fact === path)![0],
  );
}

describe('missing', () => {
  it.each([
    ['all of an all', [{ all: ['a', 'b'] }], ['a', 'b']],
    ['the smallest set that makes it met first', [{ all: ['a', 'b'] }, 'c'], ['c', 'a', 'b']],
    ['nothing that another route makes needless', [{ all: ['x', 'c'] }, { all: ['y', 'c'] }], ['c']],
    ['nothing that the same route makes needless', [{ all: [{ any: ['a', 'b'] }, 'b'] }], ['b']],
    ['nothing of a route that asks for more than another', [{ all: ['a', 'b'] }, 'a'], ['a']],
    [
      'nothing of a part that asks for more than another',
      [{ any: [{ all: ['a', 'b', 'c'] }, { all: ['b', 'a'] }] }],
      ['b', 'a'],
    ],
    ['what decides between both outcomes of a not', [{ all: ['a', { not: 'b' }] }], ['a', 'b']],
    ['what still could decide for a no', [{ all: ['open', 'a'] }], ['a']],
    [
      'the smallest set that makes it unmet first, where none makes it met',
      [{ all: ['open', { any: ['a', 'b'] }, 'c'] }],
      ['c', 'a', 'b'],
    ],
    ['what at least so many rest on', [{ atLeast: 2, of: ['x', 'a', 'b'] }], ['a', 'b']],
    [
      'nothing that at least so many have no need of',
      [{ all: [{ atLeast: 1, of: ['a', 'b'] }, 'a'] }],
      ['a'],
    ],
    ['what is asked twice, and decided by being known', [{ any: ['a', { not: 'a' }] }], ['a']],
  ] as const)('names %s', (_what, routes, expected) => {
    expect(missing(routes)).toEqual(expected);
  });

  it('names what a service needs whatever other services of the policy need', () => {
    const asked = (routes: readonly (object | string)[]) => ({ conditions, routes });
    const services = [asked([{ all: ['a', 'b'] }, 'a']), asked([{ all: ['a', 'b'] }])];
    const [one, other] = answersOf(services, holder);
    expect([one!.missing, other!.missing]).toEqual([[facts.a], [facts.a, facts.b]]);
  });
});
