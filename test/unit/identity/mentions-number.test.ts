import { describe, expect, it } from 'vitest';
import { mentionsNumber } from '../../../shared/domain/identity/mentions-number.ts';
import { normaliseDocument } from '../../../shared/domain/identity/normalise-document.ts';

const citizen = normaliseDocument({ type: 'resident-id', number: '11010519491231002X' }).document!;
const foreigner = normaliseDocument({ type: 'foreign-pr', number: 'CAN110099123101' }).document!;

describe('an identifier chosen by a bureau', () => {
  it.each([
    [citizen, '11010519491231002X-2024-05', true],
    [citizen, 'pension:11010519491231002', true],
    [citizen, 'pension:110105-19491231-002x:3', true],
    [citizen, '202405110105491231002', true],
    [citizen, '2024-05-0000117', false],
    [citizen, '110105194912310', false],
    [foreigner, 'pr.can110099123101.1', true],
    [foreigner, 'pr.1100.99', false],
  ] as const)('mentions the number or not (case %#)', (document, text, expected) => {
    expect(mentionsNumber(document, text)).toBe(expected);
  });
});
