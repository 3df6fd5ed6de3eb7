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

/** Facts that are asked of a resident and that no policy names itself. */
const ASKED_FOR: Record<string, Record<Language, string>> = {
  'permit.expiresOn': { 'zh-CN': '居住证有效期截止日期', en: 'expiry date of the permit' },
  'residence.sameAreaMonths': {
    'zh-CN': '在同一区域内的连续居住月数',
    en: 'months of residence in the same area',
  },
};

/** A fact in words: what the vocabulary calls it, or the kind of insurance. */
export function factLabel(path: string, language: Language): string {
  const definition = factDefinition(path);
  if (definition !== null) return definition.label[language];
  const asked = ASKED_FOR[path];
  if (asked !== undefined) return asked[language];
  const [, kind, part] = path.split('.') as [string, InsuranceKind, string?];
  const name = INSURANCE[kind][language];
  if (part === undefined) return language === 'en' ? `${name} record` : `${name}缴费情况`;
  return language === 'en' ? `${name} contributions with their places` : `${name}缴费明细（含参保地）`;
}
