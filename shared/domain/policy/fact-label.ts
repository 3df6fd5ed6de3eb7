import type { InsuranceKind } from '../resident/resident.ts';
import type { Language } from './pack-schema.ts';
import { factDefinition } from './vocabulary.ts';

const INSURANCE: Record<InsuranceKind, Record<Language, string>> = {
  pension: { 'zh-CN': '养老保险', en: 'pension insurance' },
  medical: { 'zh-CN': '职工医疗保险', en: 'employee medical insurance' },
  unemployment: { 'zh-CN': '失业保险', en: 'unemployment insurance' },
  injury: { 'zh-CN': '工伤保险', en: 'work injury insurance' },
  maternity: { 'zh-CN': '生育保险', en: 'maternity insurance' },
  housingFund: { 'zh-CN': '住房公积金', en: 'housing provident fund' },
};

/** A kind of insurance in words. */
export function insuranceLabel(kind: InsuranceKind, language: Language): string {
  return INSURANCE[kind][language];
}

/** What is asked of a resident and is no fact of the vocabulary. */
const ASKED_FOR: ReadonlyMap<string, Record<Language, string>> = new Map([
  ['permit.expiresOn', { 'zh-CN': '居住证有效期截止日期', en: 'expiry date of the permit' }],
  [
    'residence.sameAreaMonths',
    { 'zh-CN': '在同一区域内的连续居住月数', en: 'months of residence in the same area' },
  ],
  ...Object.entries(INSURANCE).flatMap(([kind, { 'zh-CN': chinese, en }]) => [
    [`insurance.${kind}`, { 'zh-CN': `${chinese}缴费情况`, en: `${en} record` }] as const,
    [
      `insurance.${kind}.contributions`,
      { 'zh-CN': `${chinese}缴费明细（含参保地）`, en: `${en} contributions with their places` },
    ] as const,
  ]),
]);

/** A fact in words: what the vocabulary calls it, or what it is asked for by. */
export function factLabel(path: string, language: Language): string {
  return (factDefinition(path)?.label ?? ASKED_FOR.get(path)!)[language];
}
