import { describe, expect, it } from 'vitest';
import { birthDateOf } from '../../../shared/domain/identity/birth-date-of.ts';
import type { Document } from '../../../shared/domain/identity/document.ts';
import { normaliseDocument } from '../../../shared/domain/identity/normalise-document.ts';

describe('the date of birth in the number of a document', () => {
  it.each([
    [{ type: 'resident-id', number: '11010519491231002X' }, '1949-12-31'],
    [{ type: 'resident-id', number: '110105491231002' }, '1949-12-31'],
    [{ type: 'hmt-permit', number: '810000199408230021' }, '1994-08-23'],
    [{ type: 'foreign-pr', number: 'CAN110099123101' }, null],
  ] satisfies [Document, string | null][])('of %j is %s', (document, day) => {
    expect(birthDateOf(normaliseDocument(document).document!)).toBe(day);
  });
});
