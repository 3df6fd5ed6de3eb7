import { createSecretKey, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../../shared/domain/register/fold-events.ts';
import { recordText } from '../../../../shared/domain/register/resident-record.ts';
import { INSURANCE_KINDS } from '../../../../shared/domain/resident/resident.ts';
import { Unopenable } from '../../../../shared/security/aes-gcm.ts';
import { sealEnvelope } from '../../../../shared/security/envelope.ts';
import {
  cutEnvelope,
  openEvent,
  openRecord,
  sealEvent,
  sealRecord,
} from '../../../../shared/stores/dynamodb/resident-payload.ts';
import { seededChooser } from '../../../support/chooser.ts';
import { sampleDocument } from '../../../support/register.ts';
import { eventOn } from '../../register/events.ts';
import { generateEvents } from '../../register/generate-events.ts';

const dataKey = createSecretKey(randomBytes(32));
const id = `rs_${'A'.repeat(22)}`;
const document = sampleDocument(1);

/** Every month of forty years paid in another area than the month before, all insurances: nothing merges. */
function worstFortyYears() {
  return Array.from({ length: 480 }, (_, month) => {
    const on = `${1985 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    const areaCode = ['510104', '510107', '510105'][month % 3]!;
    return eventOn(`${on}-15`, {
      type: 'insurance.contributed',
      kinds: [...INSURANCE_KINDS],
      contributions: [{ from: on, to: on, kind: 'paid', areaCode }],
    });
  });
}

describe('what is sealed of a resident', () => {
  it('opens as it was, short or long', () => {
    for (const count of [1, 10, 200]) {
      const events = generateEvents(seededChooser(count), count);
      const record = foldEvents(events);
      const sealed = sealRecord(dataKey, id, { document, record });
      expect(openRecord(dataKey, id, sealed)).toEqual({ document, record });
      for (const event of events) {
        const item = `EVENT#${event.source}#${event.eventId}`;
        expect(openEvent(dataKey, id, item, sealEvent(dataKey, id, item, event))).toEqual(event);
      }
    }
  });

  it('fits into one item with the worst forty years, many times over', () => {
    const record = foldEvents(worstFortyYears());
    expect(recordText(record).length).toBeGreaterThan(20_000);
    const sealed = sealRecord(dataKey, id, { document, record });
    expect(sealed.byteLength).toBeLessThan(4 * 1024);
    expect(openRecord(dataKey, id, sealed).record).toEqual(record);
  });

  it('opens nowhere else, and not when it was altered', () => {
    const sealed = sealRecord(dataKey, id, { document, record: foldEvents(worstFortyYears()) });
    const altered = Buffer.from(sealed);
    altered[100]! ^= 1;
    expect(() => openRecord(dataKey, id, altered)).toThrow(Unopenable);
    expect(() => openRecord(dataKey, `rs_${'B'.repeat(22)}`, sealed)).toThrow(Unopenable);
    expect(() => openEvent(dataKey, id, 'EVENT#police#a', sealed)).toThrow(Unopenable);
  });

  it.each([
    ['is written in an unknown way', '\u0002{}'],
    ['has no record', '\u0000["resident-id","000000189912310012"]'],
    ['has a document that is none', '\u0000["resident-id","000000189912310013"]\n{"schemaVersion":1}'],
  ])('is refused when it %s', (_, text) => {
    const sealed = sealEnvelope(dataKey, text, { residentId: id, item: 'RECORD' });
    expect(() => openRecord(dataKey, id, sealed)).toThrow();
  });
});

describe('an envelope in pieces', () => {
  it('is the same when they are put together, none too large, and never fewer than there were', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 30, maxLength: 2_000 }),
        fc.integer({ min: 10, max: 500 }),
        fc.integer({ min: 1, max: 30 }),
        (envelope, most, atLeast) => {
          const pieces = cutEnvelope(envelope, most, atLeast);
          expect(Buffer.concat(pieces)).toEqual(Buffer.from(envelope));
          expect(pieces.length).toBe(Math.max(atLeast, Math.ceil(envelope.byteLength / most)));
          for (const { byteLength } of pieces) {
            expect(byteLength).toBeGreaterThan(0);
            expect(byteLength).toBeLessThanOrEqual(most);
          }
        },
      ),
    );
  });
});
