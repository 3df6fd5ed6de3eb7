import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerEncoder } from '../../../../../infra/local/gateway/answer-encoder.ts';

describe('an answer', () => {
  const encoder = new AnswerEncoder();

  it('is the UTF-8 of its text, whatever stands in it', () => {
    fc.assert(
      // Of units, so that halves of surrogate pairs are among them.
      fc.property(
        fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          expect(encoder.encode(text)).toEqual(Buffer.from(text));
        },
      ),
    );
  });

  it.each([0, 1, 128 * 1024, 128 * 1024 + 1, 1_000_000])('may have %i units', (units) => {
    const text = '证'.repeat(units);
    expect(Buffer.from(text).equals(encoder.encode(text))).toBe(true);
  });

  it('stays as it is while the next one is encoded', () => {
    const first = encoder.encode('居住证');
    encoder.encode('{"outcome":"eligible"}');
    expect(Buffer.from(first).toString()).toBe('居住证');
  });
});
