import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter } from '../../../shared/domain/identity/check-character.ts';

/** ISO 7064 as it defines the pure system MOD 11-2 itself, without the table of weights. */
function checkByDefinition(digits: string): string {
  let product = 0;
  for (const digit of digits) product = ((product + Number(digit)) * 2) % 11;
  const check = (12 - product) % 11;
  return check === 10 ? 'X' : String(check);
}

const seventeenDigits = fc.stringMatching(/^\d{17}$/);

describe('the check character', () => {
  it('is that of ISO 7064 MOD 11-2', () => {
    fc.assert(
      fc.property(seventeenDigits, (digits) => {
        expect(checkCharacter(digits)).toBe(checkByDefinition(digits));
      }),
    );
  });

  it('tells every single mistyped digit and every swap of two neighbours', () => {
    fc.assert(
      fc.property(seventeenDigits, fc.nat(16), fc.integer({ min: 1, max: 9 }), (digits, place, shift) => {
        const mistyped = (Number(digits[place]) + shift) % 10;
        const wrong = digits.slice(0, place) + mistyped + digits.slice(place + 1);
        expect(checkCharacter(wrong)).not.toBe(checkCharacter(digits));
        const [left, right] = [digits[place]!, digits[place + 1] ?? digits[place]!];
        fc.pre(left !== right);
        const swapped = digits.slice(0, place) + right + left + digits.slice(place + 2);
        expect(checkCharacter(swapped)).not.toBe(checkCharacter(digits));
      }),
    );
  });
});
