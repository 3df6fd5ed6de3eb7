import { describe, expect, it } from 'vitest';
import {
  answerableServices,
  type PartnerQuestion,
} from '../../../shared/domain/consents/answerable-services.ts';
import type { Consent } from '../../../shared/domain/consents/consent.ts';
import { consentTerms as terms } from '../../support/partner-api.ts';

const consent = (id: string, change: Partial<Consent> = {}): Consent => ({
  id,
  partner: 'school-1',
  services: ['legal.aid'],
  purpose: 'legal-aid',
  until: '2024-12-31',
  givenAt: '2024-05-01T00:00:00.000Z',
  withdrawnAt: null,
  ...change,
});
const both = ['legal.aid', 'housing.public-rental'];
const question: PartnerQuestion = {
  partner: 'school-1',
  terms,
  services: both,
  purpose: 'legal-aid',
  consentId: null,
  consents: [consent('cn_1'), consent('cn_2', { services: both })],
  today: '2024-06-01',
};

describe('what a third party may be told', () => {
  it.each<[string, Partial<PartnerQuestion>, string[], string[]]>([
    ['what any consent covers', {}, both, ['cn_1', 'cn_2']],
    ['what the named consent covers', { consentId: 'cn_1' }, ['legal.aid'], ['cn_1']],
    ['nothing by a consent there is not', { consentId: 'cn_3' }, [], []],
    ['nothing without consent', { consents: [] }, [], []],
    ['nothing after the last day', { today: '2025-01-01' }, [], []],
    ['something on the last day', { today: '2024-12-31', services: ['legal.aid'] }, ['legal.aid'], ['cn_1']],
    ['nothing for another purpose of its terms', { purpose: 'housing-allocation' }, [], []],
    [
      'nothing for a purpose outside its terms, consent or not',
      { purpose: 'care-admission', consents: [consent('cn_1', { purpose: 'care-admission' })] },
      [],
      [],
    ],
    [
      'no service outside its terms, consent or not',
      { terms: { ...terms, services: ['housing.public-rental'] } },
      ['housing.public-rental'],
      ['cn_2'],
    ],
    [
      'every service where its terms name none',
      { terms: { ...terms, services: null } },
      both,
      ['cn_1', 'cn_2'],
    ],
    [
      'what its terms say without consent where the law asks it to find out',
      { terms: { ...terms, lawfulBasis: 'statutory-duty' }, consents: [] },
      both,
      [],
    ],
    [
      'nothing for a purpose outside its terms, whatever the law asks',
      { terms: { ...terms, lawfulBasis: 'statutory-duty' }, purpose: 'care-admission' },
      [],
      [],
    ],
  ])('is %s', (_, change, services, consents) => {
    const answerable = answerableServices({ ...question, ...change });
    expect([[...answerable.services], answerable.consents]).toEqual([services, consents]);
  });
});
