import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  type CivilMonth,
  civilMonth,
  formatCivilMonth,
} from '../../../shared/domain/calendar/civil-month.ts';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import { type RegisterEvent, registerEventSchema } from '../../../shared/domain/register/register-event.ts';
import {
  emptyRecord,
  RecordUnreadable,
  readRecord,
  recordText,
  residentRecordSchema,
} from '../../../shared/domain/register/resident-record.ts';
import { INSURANCE_KINDS } from '../../../shared/domain/resident/resident.ts';
import { seededChooser } from '../../support/chooser.ts';
import { eventOn } from './events.ts';
import { generateEvents } from './generate-events.ts';

const social = { source: 'social-insurance' };

/** Forty years of someone who moves often, changes jobs often, and is told of by three bureaus. */
function longLife(): RegisterEvent[] {
  const events: RegisterEvent[] = [
    eventOn('1985-01-01', { type: 'resident.registered', birthDate: '1960-01-01' }),
  ];
  const areas = ['510104', '510105', '510106', '510107', '510108', 'CD-GXQ'];
  for (let year = 1985; year < 2025; year++) {
    const areaCode = areas[year % areas.length]!;
    events.push(
      eventOn(
        `${year}-02-01`,
        year % 5 === 0 ? { type: 'permit.issued', areaCode } : { type: 'permit.endorsed' },
      ),
      eventOn(`${year}-02-03`, { type: 'permit.moved', areaCode }),
      eventOn(`${year}-02-03`, { type: 'residence.registered', areaCode }),
      eventOn(`${year}-09-03`, { type: 'residence.registered', areaCode: '510112' }),
      eventOn(`${year}-12-03`, { type: 'residence.ended', areaCode: '510112' }),
      eventOn(`${year}-03-01`, { type: 'household.updated', household: { size: 4, children: children(8) } }),
      eventOn(`${year}-03-01`, { type: 'employment.updated', employment: { status: 'employed', areaCode } }),
      eventOn(`${year}-03-01`, { type: 'hukou.moved', areaCode, kind: 'agricultural' }),
    );
  }
  return events;
}

const children = (count: number) => Array.from({ length: count }, () => ({ birthDate: '2010-01-01' }));

/** Every month of the years, paid in one of two areas in turn: nothing merges. */
function alternatingMonths(years: number): RegisterEvent[] {
  return Array.from({ length: years * 12 }, (_, index) => {
    const month = formatCivilMonth((civilMonth(1985, 1) + index) as CivilMonth);
    const areaCode = index % 2 === 0 ? '510104' : '510107';
    const contributions = [{ from: month, to: month, kind: 'paid' as const, areaCode }];
    return eventOn(
      `${month}-15`,
      { type: 'insurance.contributed', kinds: [...INSURANCE_KINDS], contributions },
      social,
    );
  });
}

describe('a record as it is stored', () => {
  it('comes back as it was, in one form of bytes', () => {
    for (let seed = 0; seed < 50; seed++) {
      const record = foldEvents(generateEvents(seededChooser(seed), 60));
      const text = recordText(record);
      expect(readRecord(text)).toEqual(record);
      expect(recordText(readRecord(text))).toBe(text);
      expect(text).toBe(canonicalize(record));
    }
    expect(recordText(emptyRecord)).toBe('{"schemaVersion":1}');
  });

  it.each([
    ['no JSON', '{"schemaVersion":1'],
    ['no object', '[]'],
    ['of another version', '{"schemaVersion":2}'],
    ['with something unknown', '{"schemaVersion":1,"name":"x"}'],
    [
      'with a day that does not exist',
      '{"schemaVersion":1,"residenceEvents":[{"areaCode":"510104","on":"2024-02-30","type":"ended"}]}',
    ],
  ])('is not read when it is %s, and nothing of it is repeated', (_, text) => {
    expect(() => readRecord(text)).toThrow(RecordUnreadable);
    expect(() => readRecord(text)).toThrow('The stored record is not of a form this version reads.');
  });

  it('is not written when it could not be read', () => {
    expect(() => recordText({ ...emptyRecord, hukou: [{}] } as never)).toThrow(RecordUnreadable);
  });

  it('stays under 50 KB with forty years of history', () => {
    const rich = recordText(foldEvents([...longLife(), ...alternatingMonths(40)]));
    expect(JSON.parse(rich).insurance.pension[0].months).toHaveLength(240);
    expect(Buffer.byteLength(rich)).toBeLessThan(50 * 1024);
    // What most people's looks like: one employer after the other, without a move every month.
    const contributions = [{ from: '1985-01', to: '2024-12', kind: 'paid' as const, areaCode: '510104' }];
    const plain = [
      ...longLife(),
      eventOn(
        '2024-12-31',
        { type: 'insurance.contributed', kinds: [...INSURANCE_KINDS], contributions },
        social,
      ),
    ];
    expect(Buffer.byteLength(recordText(foldEvents(plain)))).toBeLessThan(20 * 1024);
  });

  it('merges what is paid month by month into one stretch', () => {
    const months = alternatingMonths(40).map((event) =>
      event.type === 'insurance.contributed'
        ? { ...event, contributions: event.contributions.map((paid) => ({ ...paid, areaCode: '510104' })) }
        : event,
    );
    expect(foldEvents(months).insurance?.maternity).toEqual([
      { kind: 'paid', areaCode: '510104', months: [[civilMonth(1985, 1), 480]] },
    ]);
  });
});

/**
 * The stored forms of version 1, as fingerprints of their JSON Schema without words. Records and events of these forms
 * are stored and stay: whoever changes a schema, here or in the contract, so that this fails makes sure that all that is
 * stored can still be read; a record's form that is not a superset gets a new `recordSchemaVersion` and a reader.
 */
describe('the form of what is stored', () => {
  it.each([
    ['a record', residentRecordSchema, '492aad0d0f1a89c0'],
    ['an event', registerEventSchema, 'c0a230a5cdd26da2'],
  ])('of %s is pinned', (_, schema, fingerprint) => {
    const form = z.toJSONSchema(schema, {
      reused: 'inline',
      override: ({ jsonSchema }) => {
        for (const words of ['description', 'examples', 'id', 'title']) delete jsonSchema[words];
      },
    });
    expect(createHash('sha256').update(canonicalize(form)!).digest('hex').slice(0, 16)).toBe(fingerprint);
  });
});
