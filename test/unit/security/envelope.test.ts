import { createSecretKey, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unopenable } from '../../../shared/security/aes-gcm.ts';
import { openEnvelope, sealEnvelope } from '../../../shared/security/envelope.ts';

const dataKey = createSecretKey(randomBytes(32));
const place = { residentId: 'rs_1', item: 'RECORD' };
const text = '{"number":"510104189901010015"}';

describe('an envelope', () => {
  it('gives back every text, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const envelope = sealEnvelope(dataKey, `居住证 ${text}`, place);
        expect(openEnvelope(dataKey, envelope, place)).toBe(`居住证 ${text}`);
      }),
    );
    const envelope = Buffer.from(sealEnvelope(dataKey, text, place));
    expect(envelope.toString('latin1')).not.toContain('510104');
    expect(envelope.byteLength).toBe(1 + 12 + text.length + 16);
  });

  it('is never sealed twice alike: every nonce is fresh', () => {
    const nonces = Array.from({ length: 1_000 }, () =>
      Buffer.from(sealEnvelope(dataKey, text, place).subarray(1, 13)).toString('hex'),
    );
    expect(new Set(nonces).size).toBe(1_000);
  });

  it.each([
    ['another resident', { ...place, residentId: 'rs_2' }],
    ['another item', { ...place, item: 'EVENT#police#1' }],
    ['names that only run together alike', { residentId: 'rs_1"', item: 'RECORD' }],
  ])('does not open for %s', (_, elsewhere) => {
    const envelope = sealEnvelope(dataKey, text, place);
    expect(() => openEnvelope(dataKey, envelope, elsewhere)).toThrow(Unopenable);
  });

  it('does not open under another key', () => {
    const envelope = sealEnvelope(dataKey, text, place);
    expect(() => openEnvelope(createSecretKey(randomBytes(32)), envelope, place)).toThrow(Unopenable);
  });

  it('does not open when any of its bytes was altered, or some are missing', () => {
    const envelope = sealEnvelope(dataKey, text, place);
    for (let index = 0; index < envelope.byteLength; index++) {
      const altered = Uint8Array.from(envelope);
      altered[index]! ^= 1;
      expect(() => openEnvelope(dataKey, altered, place)).toThrow(Unopenable);
      expect(() => openEnvelope(dataKey, envelope.subarray(0, index), place)).toThrow(Unopenable);
    }
  });
});
