import { describe, expect, it } from 'vitest';
import { resident as residentSchema } from '../../../shared/contract/resident/resident.ts';
import { formatCivilDate, parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import { residentOfRecord } from '../../../shared/domain/register/resident-of-record.ts';
import { findContradictions } from '../../../shared/domain/resident/contradictions.ts';
import { seededChooser } from '../../support/chooser.ts';
import { eventOn, residentAfter } from './events.ts';
import { generateEvents } from './generate-events.ts';

type PermitType = 'mainland' | 'hmt' | 'foreign-pr' | 'temporary';
const issued = (on: string, permitType?: PermitType) =>
  eventOn(on, { type: 'permit.issued', permitType, areaCode: '510107' });
const endorsed = (on: string, permitType?: PermitType) =>
  eventOn(on, { type: 'permit.endorsed', permitType });
const cancelled = (on: string, permitType?: PermitType) =>
  eventOn(on, { type: 'permit.cancelled', permitType });
const registered = (on: string, areaCode = '510107') =>
  eventOn(on, { type: 'residence.registered', areaCode });
const ended = (on: string, areaCode = '510107') => eventOn(on, { type: 'residence.ended', areaCode });
const born = (birthDate: string) => eventOn('2018-01-01', { type: 'resident.registered', birthDate });
const asOf = '2024-06-01';

/** The permit as `type: event day, …`, or why there is none. */
function permitAfter(events: readonly RegisterEvent[], day = asOf) {
  const { resident, findings } = residentAfter(events, day);
  if (resident.permit === undefined) return findings.find(({ part }) => part === 'permit')?.code ?? 'absent';
  if (!('events' in resident.permit)) throw new Error('a summary');
  return `${resident.permit.type}: ${resident.permit.events.map(({ type, on }) => `${type} ${on}`).join(', ')}`;
}

/** Residence as `area from..to`, or why there is none. */
function residenceAfter(events: readonly RegisterEvent[]) {
  const { resident, findings } = residentAfter(events, asOf);
  if (resident.residence === undefined)
    return findings.find(({ part }) => part === 'residence')?.code ?? 'absent';
  if (!('periods' in resident.residence)) throw new Error('a summary');
  return resident.residence.periods.map(({ areaCode, from, to }) => `${areaCode} ${from}..${to ?? ''}`);
}

describe('the permit of a record', () => {
  it.each([
    ['nothing was heard of one', [], 'absent'],
    [
      'issued and endorsed',
      [endorsed('2019-02-01'), issued('2018-03-01')],
      'mainland: issued 2018-03-01, endorsed 2019-02-01',
    ],
    ['endorsed, the issue not yet received', [endorsed('2019-02-01')], 'permit-issue-not-received'],
    ['cancelled, the issue not yet received', [cancelled('2019-02-01')], 'permit-issue-not-received'],
    [
      'endorsed before the first issue received, and issued again since',
      [endorsed('2017-02-01'), issued('2018-03-01')],
      'mainland: issued 2018-03-01',
    ],
    [
      'endorsed before an issue that is yet to come on the day asked for',
      [endorsed('2024-01-01'), issued('2025-01-01')],
      'permit-issue-not-received',
    ],
    ['issued only after the day asked for', [issued('2025-01-01')], 'mainland: issued 2025-01-01'],
    [
      'of two types the one issued last',
      [issued('2017-01-01', 'temporary'), issued('2018-01-01', 'mainland')],
      'mainland: issued 2018-01-01',
    ],
    [
      'of two types the one not cancelled',
      [
        issued('2018-01-01', 'mainland'),
        issued('2023-01-01', 'temporary'),
        cancelled('2023-02-01', 'temporary'),
      ],
      'mainland: issued 2018-01-01',
    ],
    [
      'of another type, endorsed since, the issue not yet received',
      [issued('2020-01-01', 'temporary'), endorsed('2022-03-01')],
      'permit-issue-not-received',
    ],
    [
      'of another type, endorsed before',
      [issued('2020-01-01', 'hmt'), endorsed('2019-03-01')],
      'hmt: issued 2020-01-01',
    ],
  ] as const)('%s', (_, events, expected) => {
    expect(permitAfter(events)).toBe(expected);
  });

  it('whose issue is missing leaves continuous residence open too, as lapses are not known', () => {
    const { resident, unavailable } = residentAfter([endorsed('2019-02-01'), registered('2018-01-01')], asOf);
    expect(resident).toEqual({});
    expect([...unavailable]).toEqual(['permit', 'residence']);
  });
});

describe('residence of a record', () => {
  it.each([
    ['nothing was heard of it', [], 'absent'],
    ['goes on', [registered('2018-03-01')], ['510107 2018-03-01..']],
    ['ended', [ended('2020-01-01'), registered('2018-03-01')], ['510107 2018-03-01..2020-01-01']],
    ['renewed where it was', [registered('2018-03-01'), registered('2019-03-01')], ['510107 2018-03-01..']],
    [
      'ended and begun again',
      [registered('2018-03-01'), ended('2020-01-01'), registered('2020-01-02')],
      ['510107 2018-03-01..2020-01-01', '510107 2020-01-02..'],
    ],
    [
      'ended and begun again on one day',
      [registered('2018-03-01'), registered('2020-01-01'), ended('2020-01-01')],
      ['510107 2018-03-01..2020-01-01', '510107 2020-01-01..'],
    ],
    [
      'moved, the end of the former never told',
      [registered('2018-03-01'), registered('2020-01-01', '510104')],
      ['510107 2018-03-01..2020-01-01', '510104 2020-01-01..'],
    ],
    [
      'moved, the end of the former told later',
      [registered('2018-03-01'), registered('2020-01-01', '510104'), ended('2021-01-01')],
      ['510107 2018-03-01..2020-01-01', '510104 2020-01-01..'],
    ],
    [
      'moved away and back',
      [
        registered('2018-03-01'),
        registered('2020-01-01', '510104'),
        registered('2021-01-01'),
        ended('2022-01-01'),
      ],
      ['510107 2018-03-01..2020-01-01', '510104 2020-01-01..2021-01-01', '510107 2021-01-01..2022-01-01'],
    ],
    ['begun and ended on one day', [registered('2018-03-01'), ended('2018-03-01')], []],
    ['ended, the beginning not yet received', [ended('2020-01-01')], 'residence-start-not-received'],
    [
      'ended elsewhere, the move there not yet received',
      [registered('2018-03-01'), ended('2020-01-01', '510104')],
      'residence-start-not-received',
    ],
    [
      'ended twice',
      [registered('2018-03-01'), ended('2020-01-01'), ended('2021-01-01')],
      'residence-start-not-received',
    ],
  ] as const)('%s', (_, events, expected) => {
    expect(residenceAfter(events)).toEqual(expected);
  });
});

describe('a record on a day', () => {
  it('says nothing of circumstances that only a later event states', () => {
    const events = [
      eventOn('2024-05-01', { type: 'employment.updated', employment: { status: 'employed' } }),
      eventOn('2024-07-01', { type: 'housing.updated', housing: { tenure: 'rented' } }),
      eventOn('2020-01-01', { type: 'hukou.moved', areaCode: '513425', kind: 'agricultural' }),
      eventOn('2024-06-15', { type: 'hukou.moved', areaCode: '510107', kind: 'non-agricultural' }),
    ];
    expect(residentAfter(events, asOf)).toEqual({
      resident: {
        employment: { status: 'employed' },
        hukou: { areaCode: '513425', kind: 'agricultural', since: '2020-01-01' },
      },
      unavailable: new Set(),
      findings: [],
    });
    expect(residentAfter(events, '2024-07-01').resident.hukou).toEqual({
      areaCode: '510107',
      kind: 'non-agricultural',
      since: '2024-06-15',
      previousAreaCode: '513425',
      previousKind: 'agricultural',
    });
  });

  it('takes the hukou before from the move that says it, its kind only where it is the same', () => {
    const move = (previousAreaCode: string) => [
      eventOn('2010-01-01', { type: 'hukou.moved', areaCode: '513425', kind: 'agricultural' }),
      eventOn('2020-01-01', { type: 'hukou.moved', areaCode: '510107', previousAreaCode }),
    ];
    expect(residentAfter(move('513425'), asOf).resident.hukou?.previousKind).toBe('agricultural');
    const other = residentAfter(move('110105'), asOf).resident.hukou;
    expect(other).toEqual({ areaCode: '510107', since: '2020-01-01', previousAreaCode: '110105' });
  });

  it('leaves out a birth date and a residence that cannot both be true', () => {
    const { resident, unavailable } = residentAfter([born('2010-01-01'), registered('2009-01-01')], asOf);
    expect(resident).toEqual({});
    expect([...unavailable].sort()).toEqual(['birthDate', 'residence']);
    expect(residentAfter([born('2010-01-01')], '2009-01-01').unavailable).toEqual(new Set(['birthDate']));
  });

  it('is a resident of the contract without contradictions, whatever came in', () => {
    for (let seed = 0; seed < 300; seed++) {
      const chooser = seededChooser(seed);
      const day = parseCivilDate('2012-01-01')! + chooser.int(0, 6_000);
      const { resident, unavailable } = residentOfRecord(
        foldEvents(generateEvents(chooser, chooser.int(1, 60))),
        day as ReturnType<typeof parseCivilDate> & number,
      );
      const wire = JSON.parse(JSON.stringify(resident));
      expect(residentSchema.safeParse(wire).error).toBeUndefined();
      expect(findContradictions(resident, formatCivilDate(day as never))).toEqual([]);
      expect(Object.keys(wire).filter((part) => unavailable.has(part))).toEqual([]);
    }
  });
});
