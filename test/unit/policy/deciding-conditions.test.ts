import { describe, expect, it } from 'vitest';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { answersOf, conditionOn } from '../../support/packs/one-service.ts';

const isTrue = (fact: string) => conditionOn({ fact, is: true });
/** m is met, n as well; u is unmet, v as well; o is open, p as well. */
const conditions = {
  m: isTrue('housing.leaseFiled'),
  n: isTrue('household.adultOrphan'),
  u: isTrue('education.vocationalEnrolled'),
  v: isTrue('education.juniorSecondaryInCity'),
  o: isTrue('housing.receivesOtherHousingSupport'),
  p: isTrue('education.hardshipRecognised'),
};
const resident: Resident = {
  housing: { leaseFiled: true },
  household: { adultOrphan: true },
  education: { vocationalEnrolled: false, juniorSecondaryInCity: false },
};

describe('the conditions that decide', () => {
  it.each([
    ['of an all that is met: all', [{ all: ['m', 'n'] }], 'eligible', ['m', 'n']],
    ['of an any that is met: the met ones', [{ any: ['u', 'm', 'o'] }], 'eligible', ['m']],
    ['of the qualifying route alone', ['u', 'm', 'n'], 'eligible', ['m']],
    ['of an all that is unmet: the unmet ones', [{ all: ['m', 'u', 'o', 'v'] }], 'not_eligible', ['u', 'v']],
    ['of an any that is unmet: all', [{ all: [{ any: ['u', 'v'] }, 'm'] }], 'not_eligible', ['u', 'v']],
    ['no unmet one of a part that is met', [{ all: [{ any: ['u', 'm'] }, 'v'] }], 'not_eligible', ['v']],
    ['a met one below a not', [{ all: ['n', { not: 'm' }] }], 'not_eligible', ['m']],
    ['an unmet one below a not', [{ not: { all: ['m', 'u'] } }], 'eligible', ['u']],
    ['of every route that is unmet', ['u', { all: ['m', 'v'] }], 'not_eligible', ['u', 'v']],
    ['of every route that is open', ['u', { all: ['m', 'o'] }, 'p'], 'undetermined', ['o', 'p']],
    ['no open one of a part that is met', [{ all: [{ any: ['m', 'o'] }, 'p'] }], 'undetermined', ['p']],
    ['of at least so many: those that count', [{ atLeast: 2, of: ['m', 'u', 'n'] }], 'eligible', ['m', 'n']],
  ] as const)('are %s', (_what, routes, outcome, ids) => {
    const [answer] = answersOf([{ conditions, routes }], resident, { explain: 'summary' });
    expect(answer).toMatchObject({ outcome });
    expect(answer!.conditions.map(({ id }) => id)).toEqual(ids);
  });
});

describe('what a condition found', () => {
  const inCity = conditionOn({
    all: [
      { fact: 'permit.status', is: 'valid' },
      { area: 'permit.areaCode', in: 'city', whenAbsent: 'in' },
    ],
  });
  const found = (permit: Resident['permit']) =>
    answersOf([{ conditions: { 'in-city': inCity }, routes: ['in-city'] }], { permit })[0]!.conditions[0];

  it('is not what is only taken to be so', () => {
    expect(found(undefined)).toMatchObject({ outcome: 'unknown', actual: null });
    expect(found({ status: 'valid' })).toMatchObject({ outcome: 'met' });
    expect(found({ status: 'valid' })!.actual).not.toMatch(/area/);
    expect(found({ status: 'valid', areaCode: '510107' })!.actual).toMatch(/inside the area/);
    expect(found({ status: 'valid', areaCode: '110101' })!.actual).toMatch(/outside the area/);
  });
});
