import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CivilDate,
  formatCivilDate,
  parseCivilDate,
} from '../../../shared/domain/calendar/civil-date.ts';
import { permitAt } from '../../../shared/domain/residence/permit.ts';
import { readPermitEvents } from '../../../shared/domain/resident/read-histories.ts';
import type { PermitHistory } from '../../../shared/domain/resident/resident.ts';
import { civil } from '../../reference/compare.ts';
import * as reference from '../../reference/permit.ts';
import { arbitraryOf } from '../../support/chooser.ts';
import { packOf } from '../../support/packs/every-form.ts';
import { PARAMETERS } from '../../support/packs/parameters.ts';
import { asOfDay } from '../../support/residents/dates.ts';
import { permitHistory } from '../../support/residents/permit.ts';

const wire = (date: CivilDate | null) => (date === null ? null : formatCivilDate(date));

function productReading(history: PermitHistory, asOf: string, parameters: object) {
  const rules = packOf({ parameters }).parameters;
  const state = permitAt(history.type ?? 'mainland', readPermitEvents(history), civil(asOf), rules);
  return {
    status: state.status === 'unknown' ? null : state.status,
    areaCode: state.areaCode,
    issuedOn: wire(state.issuedOn),
    suspensions: state.suspensions.map(({ from, to }) => ({ from: wire(from), to: wire(to) })),
    findings: state.findings
      .filter(({ code }) => code === 'endorsement-before-window')
      .map(({ code, on }) => ({ code, on: wire(on) })),
  };
}

function referenceReading(history: PermitHistory, asOf: string, parameters: object) {
  const { type: _, ...reading } = reference.permitAt(history, asOf, packOf({ parameters }).parameters);
  return { ...reading, areaCode: reference.permitAreaAt(history, asOf) };
}

const histories = arbitraryOf((chooser) => {
  const asOf = asOfDay(chooser);
  return { asOf: formatCivilDate(asOf), history: permitHistory(chooser, asOf, 10) };
});

describe.each(Object.entries(PARAMETERS))('the permit under %s', (_, parameters) => {
  it('has the status, the suspensions and the findings of a walk over its days', () => {
    fc.assert(
      fc.property(histories, ({ asOf, history }) => {
        expect(productReading(history, asOf, parameters)).toEqual(
          referenceReading(history, asOf, parameters),
        );
      }),
      { numRuns: 100, seed: 663 },
    );
  });
});

describe('the permit, as reckoned by hand', () => {
  const history = (...events: [PermitHistory['events'][number]['type'], string][]): PermitHistory => ({
    events: events.map(([type, on]) => ({ type, on })),
  });
  it.each([
    ['in its first year', history(['issued', '2020-03-31']), '2021-03-30', 'valid'],
    ['on the day of the anniversary', history(['issued', '2020-03-31']), '2021-03-31', 'suspended'],
    [
      'endorsed on the first day of the window',
      history(['issued', '2020-03-31'], ['endorsed', '2021-02-28']),
      '2022-03-30',
      'valid',
    ],
    [
      'endorsed the day before the window',
      history(['issued', '2020-03-31'], ['endorsed', '2021-02-27']),
      '2021-03-31',
      'suspended',
    ],
    [
      'endorsed on the last day of the window',
      history(['issued', '2020-03-31'], ['endorsed', '2021-03-30']),
      '2021-03-31',
      'valid',
    ],
    [
      'endorsed on the anniversary: made up, and a new year from there',
      history(['issued', '2020-03-31'], ['endorsed', '2021-03-31']),
      '2022-03-30',
      'valid',
    ],
    [
      'made up late: its year ends a year later',
      history(['issued', '2020-03-31'], ['endorsed', '2021-05-10']),
      '2022-05-10',
      'suspended',
    ],
    ['cancelled', history(['issued', '2020-03-31'], ['cancelled', '2020-06-01']), '2020-06-01', 'cancelled'],
    [
      'issued again on the day the one before was cancelled',
      history(['issued', '2019-03-31'], ['cancelled', '2020-02-01'], ['issued', '2020-02-01']),
      '2020-02-01',
      'valid',
    ],
    ['not issued yet', history(['issued', '2020-03-31']), '2020-03-30', 'none'],
    ['of 29 February, a day before it ends', history(['issued', '2020-02-29']), '2021-02-27', 'valid'],
    ['of 29 February, on 28 February', history(['issued', '2020-02-29']), '2021-02-28', 'suspended'],
  ] as const)('%s', (_, given, asOf, status) => {
    expect(parseCivilDate(asOf)).not.toBeNull();
    expect(productReading(given, asOf, {}).status).toBe(status);
    expect(referenceReading(given, asOf, {}).status).toBe(status);
  });

  it.each([
    ['2025-03-01', 'valid'],
    ['2025-03-02', 'expired'],
  ])('that expires on 2025-03-01 is on %s %s', (asOf, status) => {
    const given: PermitHistory = {
      type: 'hmt',
      events: [{ type: 'issued', on: '2020-03-02', expiresOn: '2025-03-01' }],
    };
    expect(productReading(given, asOf, {}).status).toBe(status);
    expect(referenceReading(given, asOf, {}).status).toBe(status);
  });

  it.each([
    ['made up', '2021-03-31', []],
    ['endorsed before the window', '2021-02-27', [{ code: 'endorsement-before-window', on: '2021-02-27' }]],
  ])('%s and recorded twice is endorsed once', (_, on, findings) => {
    const once = history(['issued', '2020-03-31'], ['endorsed', on]);
    const twice = history(['endorsed', on], ['issued', '2020-03-31'], ['endorsed', on]);
    for (const given of [once, twice]) {
      expect(productReading(given, '2021-06-01', {})).toMatchObject({ findings });
      expect(referenceReading(given, '2021-06-01', {})).toMatchObject({ findings });
    }
  });
});
