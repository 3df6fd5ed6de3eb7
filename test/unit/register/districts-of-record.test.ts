import { describe, expect, it } from 'vitest';
import { districtsOfRecord } from '../../../shared/domain/register/districts-of-record.ts';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import { eventOn } from './events.ts';

const issued = eventOn('2020-01-01', { type: 'permit.issued', areaCode: '510107' });
const resides = eventOn('2020-01-01', { type: 'residence.registered', areaCode: '510107' });

describe('the districts a person belongs to', () => {
  it.each<[string, RegisterEvent[], string, string[]]>([
    ['of nobody the register knows a place of', [], '2024-06-01', []],
    ['where they reside', [resides], '2020-01-01', ['510107']],
    ['not before they resided there', [resides], '2019-12-31', []],
    [
      'not from the day on which it ended',
      [resides, eventOn('2024-06-01', { type: 'residence.ended', areaCode: '510107' })],
      '2024-06-01',
      [],
    ],
    [
      'until the day before it ended',
      [resides, eventOn('2024-06-02', { type: 'residence.ended', areaCode: '510107' })],
      '2024-06-01',
      ['510107'],
    ],
    [
      'the area they registered in last',
      [resides, eventOn('2024-06-01', { type: 'residence.registered', areaCode: '510104' })],
      '2024-06-01',
      ['510104'],
    ],
    ['where the permit was issued', [issued], '2020-01-01', ['510107']],
    [
      'where the permit moved to, from that day on',
      [issued, eventOn('2024-06-01', { type: 'permit.moved', areaCode: '510116' })],
      '2024-06-01',
      ['510116'],
    ],
    [
      'where the permit was, the day before it moved',
      [issued, eventOn('2024-06-01', { type: 'permit.moved', areaCode: '510116' })],
      '2024-05-31',
      ['510107'],
    ],
    [
      'where their hukou is',
      [eventOn('2020-01-01', { type: 'hukou.moved', areaCode: '510105' })],
      '2024-06-01',
      ['510105'],
    ],
    [
      'each of them once',
      [issued, resides, eventOn('2020-01-01', { type: 'hukou.moved', areaCode: '510105' })],
      '2024-06-01',
      ['510105', '510107'],
    ],
    [
      'the last that is known where the history has gaps',
      [eventOn('2024-01-01', { type: 'permit.moved', areaCode: '510106' }), resides],
      '2024-06-01',
      ['510106', '510107'],
    ],
  ])('are %s', (_, events, asOf, expected) => {
    expect(districtsOfRecord(foldEvents(events), asOf)).toEqual(expected);
  });
});
