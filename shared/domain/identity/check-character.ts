const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/**
 * The check character of the 17 digits at the beginning of `number`: ISO 7064 MOD 11-2, as GB 11643-1999 has it; `X`
 * stands for ten.
 */
export function checkCharacter(number: string): string {
  let sum = 0;
  for (let index = 0; index < WEIGHTS.length; index++) {
    sum += (number.charCodeAt(index) - 48) * WEIGHTS[index]!;
  }
  return CHECK_CHARACTERS.charAt(sum % 11);
}
