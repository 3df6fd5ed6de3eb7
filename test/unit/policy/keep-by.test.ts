import { describe, expect, it } from 'vitest';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { answersOf, conditionOn, type OneService } from '../../support/packs/one-service.ts';

const paidFor = (kind: string) =>
  conditionOn({ insurance: { kinds: [kind], mode: 'continuous' }, atLeast: 12 });
const months = (bounds: object) => conditionOn({ fact: 'residence.continuousMonths', ...bounds });
const conditions = {
  permit: conditionOn({ fact: 'permit.status', is: 'valid' }),
  issued: conditionOn({ fact: 'permit.status', oneOf: ['valid', 'suspended'] }),
  contract: conditionOn({ fact: 'employment.contract', is: true }),
  pension: paidFor('pension'),
  medical: paidFor('medical'),
  resident: months({ atLeast: 12 }),
  newcomer: months({ atMost: 60 }),
};

const paid = { contributions: [{ from: '2015-01', to: '2020-05', kind: 'paid' }] } as const;
/** Holds a permit that is to be endorsed in May 2020, insured up to May 2020, works without a contract. */
const resident: Resident = {
  permit: {
    events: [
      { type: 'issued', on: '2018-06-15', areaCode: '510107' },
      { type: 'endorsed', on: '2019-06-01' },
      { type: 'endorsed', on: '2020-06-01' },
    ],
  },
  insurance: { pension: paid, medical: paid },
  employment: { contract: false },
};
const ENDORSE = 'endorse-permit 2021-06-14';
const PAY = 'pay-insurance 2020-06-30';

function keepBy(services: readonly Omit<OneService, 'conditions'>[]): string[][] {
  return answersOf(
    services.map((service) => ({ conditions, ...service })),
    resident,
  ).map((answer) => {
    expect(answer.outcome).toBe('eligible');
    return answer.keepBy.map(({ action, by, kinds }) => [action, by, ...kinds].join(' '));
  });
}

describe('what is to be kept', () => {
  it.each([
    ['the permit', 'permit', [ENDORSE]],
    ['what is paid', 'pension', [`${PAY} pension`]],
    ['both, in the order of their days', { all: ['permit', 'pension'] }, [`${PAY} pension`, ENDORSE]],
    ['of two of which one is enough the first', { any: ['medical', 'pension'] }, [`${PAY} medical`]],
    [
      'nothing in a part that is not met',
      { any: [{ all: ['permit', 'contract'] }, 'pension'] },
      [`${PAY} pension`],
    ],
    ['nothing that is met when the permit lapses too', 'issued', []],
    ['months that begin again when the permit lapses', 'resident', [ENDORSE]],
    ['no months of which there are not to be too many', 'newcomer', []],
    [
      'at least so many of several',
      { atLeast: 2, of: ['permit', 'pension', 'medical'] },
      [`${PAY} pension`, ENDORSE],
    ],
    ['nothing where the opposite is asked for', { not: { all: ['permit', 'contract'] } }, []],
  ] as const)('is %s', (_what, route, expected) => {
    expect(keepBy([{ routes: [route] }])).toEqual([expected]);
  });

  it.each([
    // paid up to May 2020; what counts is the run that ends in December
    [6, 'pay-insurance 2020-07-31 pension'],
    [7, 'pay-insurance 2020-06-30 pension'],
    [60, 'pay-insurance 2020-06-30 pension'],
    [1, 'pay-insurance 2020-12-31 pension'],
  ])('is the month from which on %i months are reached in time', (atLeast, expected) => {
    const insurance = { kinds: ['pension'], mode: 'continuous', cutOff: 'previous-year-end' };
    const service = { conditions: { run: conditionOn({ insurance, atLeast }) }, routes: ['run'] };
    const [
      {
        keepBy: [item],
      } = { keepBy: [] },
    ] = answersOf([service], resident);
    expect([item!.action, item!.by, ...item!.kinds].join(' ')).toBe(expected);
  });

  it.each([
    ['restart', [ENDORSE]],
    ['ambiguous-art10', [ENDORSE]],
    ['pause', []],
    ['bridge', []],
  ] as const)('is of months under %s: %j', (lapsePolicy, expected) => {
    expect(keepBy([{ routes: ['resident'], parameters: { lapsePolicy } }])).toEqual([expected]);
  });

  it('is the same whichever services are asked for, in whichever order', () => {
    const routes = [['permit', 'pension'], [{ any: ['permit', 'pension'] }], ['pension', 'permit']];
    const alone = routes.map((each) => keepBy([{ routes: each }])[0]);
    expect(keepBy(routes.map((each) => ({ routes: each })))).toEqual(alone);
    expect(keepBy(routes.toReversed().map((each) => ({ routes: each })))).toEqual(alone.toReversed());
  });
});
