import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import {
  residentWithShownFacts,
  shownPaths,
} from '../../../shared/domain/register/resident-with-shown-facts.ts';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { eventOn } from './events.ts';

const asOf = '2024-06-01';
const contributions = [{ from: '2020-01', to: '2024-05', kind: 'paid' as const }];
const born = eventOn('2017-01-01', { type: 'resident.registered', birthDate: '1990-01-01', sex: 'female' });
const issued = eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' });
const moved = eventOn('2017-03-01', { type: 'residence.registered', areaCode: '510107' });
const insured = eventOn('2024-05-01', {
  type: 'insurance.contributed',
  kinds: ['pension', 'medical'],
  contributions,
});
const housed = eventOn('2024-01-01', {
  type: 'housing.updated',
  housing: { tenure: 'rented', ownsHomeInCity: false },
});
const life = [born, issued, moved, insured, housed];

function told(events: readonly RegisterEvent[] | null, shown: Resident, day = asOf) {
  return residentWithShownFacts(events && foldEvents(events), shown, parseCivilDate(day)!);
}

describe('facts shown beside a record', () => {
  it('leave the record as it is where nothing is shown', () => {
    const { resident, contradictions, unavailable } = told(life, {});
    expect(Object.keys(resident).sort()).toEqual(
      ['birthDate', 'housing', 'insurance', 'permit', 'residence', 'sex'].sort(),
    );
    expect(contradictions).toEqual([]);
    expect(unavailable.size).toBe(0);
  });

  it('are all there is of somebody who is not registered', () => {
    const shown: Resident = { birthDate: '1990-01-01', permit: { status: 'valid' } };
    expect(told(null, shown).resident).toEqual(shown);
  });

  it.each<[string, Resident, Partial<Resident>]>([
    ['a birth date, in place of the one known', { birthDate: '1991-01-01' }, { birthDate: '1991-01-01' }],
    ['a permit as a whole', { permit: { status: 'suspended' } }, { permit: { status: 'suspended' } }],
    ['residence as a whole', { residence: { continuousYears: 3 } }, { residence: { continuousYears: 3 } }],
    [
      'housing member by member',
      { housing: { tenure: 'dormitory', leaseFiled: true } },
      { housing: { tenure: 'dormitory', ownsHomeInCity: false, leaseFiled: true } },
    ],
    [
      'insurance by kind',
      { insurance: { pension: { continuousMonths: 12 } } },
      { insurance: { pension: { continuousMonths: 12 }, medical: { contributions } } },
    ],
    ['circumstances that are not known', { hardship: { cause: 'none' } }, { hardship: { cause: 'none' } }],
  ])('count: %s', (_, shown, expected) => {
    const { resident } = told(life, shown);
    expect(resident).toMatchObject(expected);
    for (const [part, value] of Object.entries(expected)) expect(resident).toHaveProperty(part, value);
    const others = Object.keys(resident).filter((part) => !Object.hasOwn(expected, part));
    for (const part of others) {
      expect(resident[part as keyof Resident]).toEqual(told(life, {}).resident[part as keyof Resident]);
    }
  });

  it('take the place of nothing when they have no member', () => {
    const empty: Resident = { permit: {}, residence: {}, housing: {}, insurance: { pension: {} } };
    expect(told(life, empty)).toEqual(told(life, {}));
    expect(shownPaths(empty)).toEqual([]);
  });

  it('mend what the record leaves open', () => {
    const gap = [born, moved, eventOn('2024-05-20', { type: 'permit.endorsed' })];
    expect([...told(gap, {}).unavailable].sort()).toEqual(['permit', 'residence']);
    const mended = told(gap, { permit: { events: [{ type: 'issued', on: '2023-05-25' }] } });
    expect(mended.unavailable.size).toBe(0);
    expect(mended.findings).toEqual([]);
    expect(mended.resident.residence).toEqual({
      periods: [{ from: '2017-03-01', to: null, areaCode: '510107' }],
    });
  });

  it('are not mended by: what else the record leaves open stays unavailable', () => {
    const ended = [...life, eventOn('2016-01-01', { type: 'residence.ended', areaCode: '510104' })];
    const { unavailable, resident } = told(ended, { permit: { status: 'valid' } });
    expect([...unavailable]).toEqual(['residence']);
    expect(resident).not.toHaveProperty('residence');
  });

  it.each<[string, Resident, string, string]>([
    [
      'among themselves',
      { permit: { events: [{ type: 'endorsed', on: '2024-01-01' }] } },
      '/permit/events/0/on',
      'event-before-issue',
    ],
    [
      'a residence from before the birth date of the record',
      { residence: { periods: [{ from: '1989-01-01' }] } },
      '/residence/periods/0/from',
      'born-after-fact',
    ],
    [
      'a birth date after much of the record, once',
      { birthDate: '2020-01-01' },
      '/birthDate',
      'born-after-fact',
    ],
    [
      'a birth date after the day',
      { birthDate: '2024-06-02', permit: { status: 'valid' }, residence: { continuousMonths: 1 } },
      '/birthDate',
      'born-after-as-of',
    ],
    [
      'a member with one of the record',
      { housing: { ownedHomesInCity: 2 } },
      '/housing/ownedHomesInCity',
      'owns-none-and-some',
    ],
  ])('contradict: %s', (_, shown, pointer, code) => {
    const { contradictions } = told(life, shown);
    expect(contradictions.map((found) => [found.pointer, found.code])).toEqual([[pointer, code]]);
  });

  it('point at the part that was shown where the other member is the record\u2019s', () => {
    const owner = [eventOn('2024-01-01', { type: 'housing.updated', housing: { ownedHomesInCity: 2 } })];
    const { contradictions } = told(owner, { housing: { ownsHomeInCity: false } });
    expect(contradictions.map(({ pointer }) => pointer)).toEqual(['/housing']);
  });

  it('are not blamed for what is wrong in the record alone', () => {
    const early = [born, eventOn('1980-01-01', { type: 'residence.registered', areaCode: '510107' })];
    const { contradictions, unavailable } = told(early, { housing: { tenure: 'rented' } });
    expect(contradictions).toEqual([]);
    expect([...unavailable].sort()).toEqual(['birthDate', 'residence']);
  });

  it('are listed by path, histories and kinds of insurance as a whole', () => {
    const shown: Resident = {
      sex: 'male',
      residence: { periods: [] },
      permit: { status: 'valid' },
      insurance: { pension: { continuousMonths: 1 } },
      housing: { tenure: 'rented', leaseFiled: false },
    };
    expect(shownPaths(shown)).toEqual([
      'housing.leaseFiled',
      'housing.tenure',
      'insurance.pension',
      'permit',
      'residence',
      'sex',
    ]);
  });
});
