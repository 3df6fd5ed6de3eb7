import { describe, expect, it } from 'vitest';
import { applyEvent } from '../../../shared/domain/register/apply-event.ts';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import { emptyRecord } from '../../../shared/domain/register/resident-record.ts';
import { eventOn } from './events.ts';

type Contributions = Extract<RegisterEvent, { type: 'insurance.contributed' }>['contributions'];

const months = (from: string, to: string, kind: 'paid' | 'back-paid' = 'paid'): Contributions => [
  { from, to, kind, areaCode: '510107' },
];
const bureau = { source: 'social-insurance' };
const contributed = (eventId: string, contributions: Contributions) =>
  eventOn(
    '2024-01-01',
    { type: 'insurance.contributed', kinds: ['pension'], contributions },
    { ...bureau, eventId },
  );
const corrected = (eventId: string, corrects: string, contributions: Contributions, on = '2024-02-01') =>
  eventOn(
    on,
    { type: 'insurance.corrected', corrects, kinds: ['pension'], contributions },
    { ...bureau, eventId },
  );
const voided = (eventId: string, voids: string, on = '2024-03-01', source = bureau.source) =>
  eventOn(on, { type: 'insurance.voided', voids }, { source, eventId });

/** Months of pension insurance as `from..to`, the count of civil months from 2024-01 on. */
function pension(events: readonly RegisterEvent[]) {
  const january = 2024 * 12;
  return foldEvents(events).insurance?.pension?.map(
    ({ kind, months }) =>
      `${kind} ${months.map(([from, count]) => `${from - january}..${from + count - 1 - january}`).join(' ')}`,
  );
}

describe('insured months', () => {
  it('merge where they touch or overlap, apart by kind of payment and area', () => {
    expect(
      pension([
        contributed('a', months('2024-01', '2024-03')),
        contributed('b', months('2024-04', '2024-06')),
        contributed('c', months('2024-08', '2024-09')),
        contributed('d', months('2024-09', '2024-09', 'back-paid')),
      ]),
    ).toEqual(['back-paid 8..8', 'paid 0..5 7..8']);
  });

  it('known to be none are another thing than not known', () => {
    expect(pension([contributed('a', [])])).toEqual([]);
    expect(pension([])).toBeUndefined();
    expect(pension([contributed('a', []), contributed('b', months('2024-01', '2024-01'))])).toEqual([
      'paid 0..0',
    ]);
  });

  it.each([
    ['a void takes an event out', [voided('v', 'a')], undefined],
    [
      'a correction takes its place, whole',
      [corrected('k', 'a', months('2024-02', '2024-02'))],
      ['paid 1..1'],
    ],
    [
      'a correction can be corrected',
      [corrected('k', 'a', []), corrected('l', 'k', months('2024-05', '2024-05'))],
      ['paid 4..4'],
    ],
    [
      'of two corrections of one event the later one stands',
      [
        corrected('k', 'a', months('2024-02', '2024-02'), '2024-02-02'),
        corrected('l', 'a', months('2024-05', '2024-05'), '2024-02-01'),
      ],
      ['paid 1..1'],
    ],
    [
      'a later void takes the correction out too',
      [corrected('k', 'a', months('2024-02', '2024-02')), voided('v', 'a')],
      undefined,
    ],
    [
      'a correction after the void stands',
      [corrected('k', 'a', months('2024-02', '2024-02'), '2024-04-01'), voided('v', 'a')],
      ['paid 1..1'],
    ],
    [
      'on one day the void counts',
      [corrected('z', 'a', months('2024-02', '2024-02'), '2024-03-01'), voided('v', 'a')],
      undefined,
    ],
    [
      'a void of the correction does not bring back what it corrected',
      [corrected('k', 'a', months('2024-02', '2024-02')), voided('v', 'k')],
      undefined,
    ],
    ['nobody voids what another bureau sent', [voided('v', 'a', '2024-03-01', 'police')], ['paid 0..2']],
  ] as const)('%s, before or after it arrives', (_, amendments, expected) => {
    const sent = contributed('a', months('2024-01', '2024-03'));
    expect(pension([sent, ...amendments])).toEqual(expected);
    expect(pension([...amendments, sent].reverse())).toEqual(expected);
  });

  it('are folded anew only when something may have to be taken out of them', () => {
    const before = applyEvent(emptyRecord, voided('v', 'a'));
    expect(before).not.toBe('needs-rebuild');
    const sent = contributed('a', months('2024-01', '2024-03'));
    expect(applyEvent(before as typeof emptyRecord, sent)).toBe(before);
    expect(applyEvent(foldEvents([sent]), voided('v', 'a'))).toBe('needs-rebuild');
    // Once it is done, hearing of it again is nothing new.
    const done = foldEvents([sent, contributed('b', months('2024-09', '2024-09')), voided('v', 'a')]);
    expect(applyEvent(done, voided('v', 'a'))).toBe(done);
  });
});

describe('what only the last statement decides', () => {
  it('is decided by the day it took effect, then by bureau and event', () => {
    const size = (on: string, source: string, eventId: string, size: number) =>
      eventOn(on, { type: 'household.updated', household: { size } }, { source, eventId });
    const later = size('2024-02-01', 'a', 'a', 1);
    const earlier = size('2024-01-31', 'z', 'z', 2);
    expect(foldEvents([later, earlier]).household?.value).toEqual({ size: 1 });
    expect(foldEvents([later, size('2024-02-01', 'b', 'a', 3)]).household?.value).toEqual({ size: 3 });
    expect(foldEvents([size('2024-02-01', 'a', 'b', 4), later]).household?.value).toEqual({ size: 4 });
  });

  it('is a correction rather than a registration of the same day, part by part', () => {
    const registered = eventOn(
      '2024-01-01',
      { type: 'resident.registered', birthDate: '1990-01-01', sex: 'male' },
      { source: 'z' },
    );
    const correction = eventOn('2024-01-01', { type: 'resident.corrected', sex: 'female' }, { source: 'a' });
    const record = foldEvents([correction, registered]);
    expect([record.birthDate?.value, record.sex?.value]).toEqual(['1990-01-01', 'female']);
  });

  it('keeps the present hukou and the one before, one move told twice being one', () => {
    const moved = (on: string, areaCode: string, more: object = {}) =>
      eventOn(on, { type: 'hukou.moved', areaCode, ...more });
    const { hukou } = foldEvents([
      moved('2020-05-01', '510107', { kind: 'non-agricultural' }),
      moved('2010-05-01', '513425', { kind: 'agricultural' }),
      moved('2000-05-01', '110105'),
      moved('2020-05-01', '510107', { previousAreaCode: '513425' }),
    ]);
    expect(hukou).toEqual([
      { on: '2010-05-01', areaCode: '513425', kind: 'agricultural' },
      { on: '2020-05-01', areaCode: '510107', kind: 'non-agricultural', previousAreaCode: '513425' },
    ]);
  });

  it('does not depend on who is heard first where bureaus tell one move differently', () => {
    const told = (kind: 'agricultural' | 'non-agricultural') =>
      eventOn('2020-05-01', { type: 'hukou.moved', areaCode: '510107', kind });
    const [a, b] = [told('agricultural'), told('non-agricultural')];
    expect(foldEvents([a, b])).toEqual(foldEvents([b, a]));
  });
});
