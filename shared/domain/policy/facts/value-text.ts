import type { Language } from '../pack-schema.ts';
import type { NumberUnit } from '../vocabulary.ts';
import { EXACT, type FactVector, RANGE, READINGS } from './fact-vector.ts';

const UNITS: Record<NumberUnit | 'age', Record<Language, readonly [one: string, many: string]>> = {
  month: { 'zh-CN': ['个月', '个月'], en: [' month', ' months'] },
  year: { 'zh-CN': ['年', '年'], en: [' year', ' years'] },
  yuan: { 'zh-CN': ['元', '元'], en: [' yuan', ' yuan'] },
  person: { 'zh-CN': ['人', '人'], en: [' person', ' persons'] },
  home: { 'zh-CN': ['套', '套'], en: [' home', ' homes'] },
  'square-metre': { 'zh-CN': ['平方米', '平方米'], en: [' m²', ' m²'] },
  point: { 'zh-CN': ['分', '分'], en: [' point', ' points'] },
  age: { 'zh-CN': ['周岁', '周岁'], en: [' year old', ' years old'] },
};

/** A number with its unit in words: `75个月`, `75 months`. */
export function quantityText(value: number, unit: NumberUnit | 'age', language: Language): string {
  return `${value}${UNITS[unit][language][value === 1 ? 0 : 1]}`;
}

/** The number in column `index` in words: one value, both readings of the law, or what is known of its bounds. */
export function numberText(
  vector: FactVector,
  index: number,
  unit: NumberUnit | 'age',
  language: Language,
): string | null {
  const [low, high] = [Math.max(vector.low[index]!, 0), vector.high[index]!];
  switch (vector.state[index]) {
    case EXACT:
      return quantityText(low, unit, language);
    case READINGS:
      return language === 'en'
        ? `${quantityText(low, unit, language)} (counted anew) or ${quantityText(high, unit, language)} (counted on)`
        : `${quantityText(low, unit, language)}（重新计算）或${quantityText(high, unit, language)}（连续计算）`;
    case RANGE:
      if (high !== Number.POSITIVE_INFINITY) {
        return language === 'en'
          ? `${low} to ${quantityText(high, unit, language)}`
          : `${low}至${quantityText(high, unit, language)}`;
      }
      return language === 'en'
        ? `at least ${quantityText(low, unit, language)}`
        : `不少于${quantityText(low, unit, language)}`;
    default:
      return null;
  }
}

const YES_NO: Record<Language, readonly [no: string, yes: string]> = {
  'zh-CN': ['否', '是'],
  en: ['no', 'yes'],
};

/** 是 / 否. */
export function booleanText(value: number, language: Language): string {
  return YES_NO[language][value === 1 ? 1 : 0];
}

const INSIDE: Record<Language, readonly [outside: string, inside: string]> = {
  'zh-CN': ['不在范围内', '在范围内'],
  en: ['outside the area', 'inside the area'],
};

/** Whether an area lies in a set of areas, in words. */
export function insideText(value: number, language: Language): string {
  return INSIDE[language][value === 1 ? 1 : 0];
}

const SAME: Record<Language, readonly [apart: string, same: string]> = {
  'zh-CN': ['不在同一区域', '在同一区域'],
  en: ['in different areas', 'in the same area'],
};

/** Whether two areas are one, in words. */
export function sameAreaText(value: number, language: Language): string {
  return SAME[language][value === 1 ? 1 : 0];
}

/** Words for the values of enumerations; a value stands for itself where it is missing here. */
const VALUES: Record<string, Record<Language, string>> = {
  male: { 'zh-CN': '男', en: 'male' },
  female: { 'zh-CN': '女', en: 'female' },
  agricultural: { 'zh-CN': '农业户口', en: 'agricultural' },
  'non-agricultural': { 'zh-CN': '非农业户口', en: 'non-agricultural' },
  mainland: { 'zh-CN': '居住证', en: 'residence permit' },
  hmt: { 'zh-CN': '港澳台居民居住证', en: 'permit for residents from Hong Kong, Macao and Taiwan' },
  'foreign-pr': { 'zh-CN': '外国人永久居留身份证', en: 'foreign permanent resident card' },
  temporary: { 'zh-CN': '临时居住证', en: 'temporary residence permit' },
  none: { 'zh-CN': '无', en: 'none' },
  valid: { 'zh-CN': '有效', en: 'valid' },
  suspended: { 'zh-CN': '使用功能中止', en: 'suspended' },
  cancelled: { 'zh-CN': '已注销', en: 'cancelled' },
  expired: { 'zh-CN': '已过期', en: 'expired' },
  employed: { 'zh-CN': '受雇就业', en: 'employed' },
  'self-employed': { 'zh-CN': '自主经营', en: 'self-employed' },
  flexible: { 'zh-CN': '灵活就业', en: 'flexibly employed' },
  unemployed: { 'zh-CN': '失业', en: 'unemployed' },
  'not-working': { 'zh-CN': '未就业', en: 'not working' },
  owned: { 'zh-CN': '自有', en: 'owned' },
  rented: { 'zh-CN': '租赁', en: 'rented' },
  dormitory: { 'zh-CN': '单位或学校宿舍', en: 'dormitory' },
  other: { 'zh-CN': '其他', en: 'other' },
  accident: { 'zh-CN': '意外事件', en: 'accident' },
  'sudden-illness': { 'zh-CN': '突发重大疾病', en: 'sudden serious illness' },
  'minimum-living': { 'zh-CN': '低保对象', en: 'minimum living allowance' },
  'extreme-hardship': { 'zh-CN': '特困人员', en: 'extreme hardship' },
  'poor-family-child': { 'zh-CN': '贫困家庭子女', en: 'child of a poor family' },
  graduate: { 'zh-CN': '毕业年度高校毕业生', en: 'graduate in the year of graduation' },
  'school-leaver': { 'zh-CN': '未升学的初高中毕业生', en: 'school leaver not admitted further' },
  'rural-transfer-worker': { 'zh-CN': '农村转移就业劳动者', en: 'migrant worker from the countryside' },
  'registered-unemployed': { 'zh-CN': '城镇登记失业人员', en: 'registered unemployed' },
  'other-defined': { 'zh-CN': '其他规定的对象', en: 'other defined category' },
};

/** A value of an enumeration in words. */
export function enumText(value: string, language: Language): string {
  return VALUES[value]?.[language] ?? value;
}
