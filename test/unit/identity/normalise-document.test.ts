import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter } from '../../../shared/domain/identity/check-character.ts';
import type { DocumentType } from '../../../shared/domain/identity/document.ts';
import { normaliseDocument, SAMPLE_REGION } from '../../../shared/domain/identity/normalise-document.ts';

const withCheck = (digits: string) => digits + checkCharacter(digits);
const faultOf = (type: DocumentType, number: string) => normaliseDocument({ type, number }).fault?.code;

describe('a document number', () => {
  it.each([
    ['resident-id', '11010519491231002X', 'the example of the standard'],
    ['resident-id', '440524188001010014', 'the other example of the standard'],
    ['resident-id', '440308199901101512', 'a fictitious number of public test suites'],
    ['resident-id', '510104189901010015', 'Jinjiang, nobody alive'],
    ['resident-id', '51018518991231002X', 'Jianyang, nobody alive'],
    ['resident-id', withCheck(`${SAMPLE_REGION}18990101001`), 'a sample resident'],
    ['resident-id', withCheck('51012218000101001'), 'a county that is no more, the first year there is'],
    ['hmt-permit', '810000199408230021', 'the Hong Kong and Macau sample'],
    ['hmt-permit', '830000199201300022', 'the Taiwan sample'],
    ['hmt-permit', withCheck('82000018990101001'), 'Macau'],
    ['foreign-pr', withCheck('91112418991231002'), 'a card of 2023'],
    ['foreign-pr', 'CAN110099123101', 'a card of 2017'],
  ] as const)('of type %s: %s is canonical (%s)', (type, number, _whose) => {
    expect(normaliseDocument({ type, number })).toEqual({ document: { type, number } });
  });

  it.each([
    ['resident-id', '110105194912310021', 'document-check-digit'],
    ['resident-id', '11010519491231002', 'document-length'],
    ['resident-id', '11010519491231002XX', 'document-length'],
    ['resident-id', '', 'document-length'],
    ['resident-id', '1101051949123100X2', 'document-characters'],
    ['resident-id', '1101051949123100-2', 'document-characters'],
    ['resident-id', '١١٠١٠٥١٩٤٩١٢٣١٠٠٢X', 'document-characters'],
    ['resident-id', '11010549123100X', 'document-characters'],
    ['resident-id', withCheck('51010418990229001'), 'document-birth-date'],
    ['resident-id', withCheck('51010418991301001'), 'document-birth-date'],
    ['resident-id', withCheck('51010418990001001'), 'document-birth-date'],
    ['resident-id', withCheck('51010418990100001'), 'document-birth-date'],
    ['resident-id', withCheck('51010417991231001'), 'document-birth-date'],
    ['resident-id', withCheck('51010422000101001'), 'document-birth-date'],
    ['resident-id', '510104990229001', 'document-birth-date'],
    ['resident-id', withCheck('01010418990101001'), 'document-region'],
    ['resident-id', withCheck('81010418990101001'), 'document-region'],
    ['resident-id', '810000199408230021', 'document-of-another-type'],
    ['resident-id', withCheck('91112418991231002'), 'document-of-another-type'],
    ['hmt-permit', '11010519491231002X', 'document-of-another-type'],
    ['hmt-permit', withCheck('84000018990101001'), 'document-region'],
    ['hmt-permit', '810000990823002', 'document-length'],
    ['hmt-permit', '810000199408230022', 'document-check-digit'],
    ['foreign-pr', '11010519491231002X', 'document-of-another-type'],
    ['foreign-pr', 'CA1110099123101', 'document-characters'],
    ['foreign-pr', '123456789012345', 'document-characters'],
    ['foreign-pr', 'CAN11009912310', 'document-length'],
    ['foreign-pr', withCheck('91112418990230002'), 'document-birth-date'],
    ['foreign-pr', 'CAı110099123101', 'document-characters'],
  ] as const)('of type %s: %s is refused: %s', (type, number, code) => {
    expect(faultOf(type, number)).toBe(code);
  });

  it.each([
    ['lower case', '11010519491231002x'],
    ['full width', '１１０１０５１９４９１２３１００２Ｘ'],
    ['full width, lower case', '11010519491231002ｘ'],
    ['blanks, wide and of no width', ' 110105 1949\u30001231\u00a0002\u200bX\t\ufeff'],
    ['its form of 15 digits', '110105491231002'],
    ['its form of 15 digits, full width and spaced', '１１０１０５ ４９１２３１ ００２'],
  ])('is the same in %s', (_, number) => {
    expect(normaliseDocument({ type: 'resident-id', number }).document?.number).toBe('11010519491231002X');
  });

  it('of 15 digits with a serial kept for centenarians is of the nineteenth century', () => {
    const canonical = (number: string) => normaliseDocument({ type: 'resident-id', number }).document?.number;
    expect(canonical('510104990101996')).toBe(withCheck('51010418990101996'));
    expect(canonical('510104990101999')).toBe(withCheck('51010418990101999'));
    expect(canonical('510104990101995')).toBe(withCheck('51010419990101995'));
    // 1900 was no leap year.
    expect(faultOf('resident-id', '510104000229001')).toBe('document-birth-date');
  });

  it('never comes back in a fault, whatever was sent', () => {
    const type = fc.constantFrom<DocumentType>('resident-id', 'hmt-permit', 'foreign-pr');
    const number = fc.oneof(fc.string(), fc.stringMatching(/^[\dA-Zx]{15,18}$/));
    fc.assert(
      fc.property(type, number, (type, number) => {
        const { document, fault } = normaliseDocument({ type, number });
        if (document !== undefined) expect(document.number).toMatch(/^(\d{17}[\dX]|[A-Z]{3}\d{12})$/);
        else expect(Object.keys(fault)).toEqual(['code', 'detail']);
        // Short texts are found in any sentence.
        if (fault !== undefined && number.length > 12) expect(JSON.stringify(fault)).not.toContain(number);
      }),
    );
  });

  it('that is canonical stays as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-7]\d{5}18\d{2}0[1-9][01][1-9]\d{3}$/), (digits) => {
        const once = normaliseDocument({ type: 'resident-id', number: withCheck(digits) }).document!;
        expect(normaliseDocument(once).document).toEqual(once);
      }),
    );
  });
});
