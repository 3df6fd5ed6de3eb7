import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, wrapText } from '../../../../infra/cli/wrap-text.ts';

describe('wrapping a text', () => {
  it('breaks between words and after Chinese characters, which are two columns wide', () => {
    expect(wrapText('holds a valid residence permit', 12)).toEqual([
      'holds a',
      'valid',
      'residence',
      'permit',
    ]);
    expect(wrapText('持有有效的居住证', 6)).toEqual(['持有有', '效的居', '住证']);
    expect(wrapText('居住证 (permit) 有效', 10)).toEqual(['居住证', '(permit)', '有效']);
  });

  it('keeps a word that is longer than a line whole', () => {
    expect(wrapText('a health.resident-medical-insurance b', 10)).toEqual([
      'a',
      'health.resident-medical-insurance',
      'b',
    ]);
  });

  it('loses no character and keeps to the width where a break is possible', () => {
    const text = fc.string({ unit: fc.constantFrom('居', '住', '证', '，', 'a', 'b', ' '), maxLength: 80 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 40 }), (words, width) => {
        const lines = wrapText(words, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''));
        for (const line of lines) {
          if (displayWidth(line) > width) expect(line).toMatch(/^[ab]+$/);
        }
      }),
    );
  });
});
