import { EMPLOYMENT_SUPPORT_CLASSES, PERMIT_STATUSES, PERMIT_TYPES } from '../resident/resident.ts';

/**
 * The facts a policy may ask about: one line a fact, its path as it stands in a request's `resident` (or as it is
 * derived from histories), its type and its words. A policy that names anything else is refused by the lint.
 */
export type FactType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  /** `unit` gives the words of an answer; `step` the smallest difference that can occur between two values. */
  | { readonly kind: 'number'; readonly unit: NumberUnit; readonly step: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'area' }
  | { readonly kind: 'children' };

export type NumberUnit = 'month' | 'year' | 'yuan' | 'person' | 'home' | 'square-metre' | 'point';

export interface FactDefinition {
  readonly type: FactType;
  readonly label: { readonly 'zh-CN': string; readonly en: string };
  /** Derived from histories (semantics sections 2 and 3), not read as it stands. */
  readonly derived?: true;
}

const boolean = { kind: 'boolean' } as const;
const date = { kind: 'date' } as const;
const area = { kind: 'area' } as const;
const oneOf = <const V extends readonly string[]>(...values: V) => ({ kind: 'enum', values }) as const;
const number = (unit: NumberUnit, step = 1) => ({ kind: 'number', unit, step }) as const;
const fact = (type: FactType, zh: string, en: string): FactDefinition => ({
  type,
  label: { 'zh-CN': zh, en },
});
const derivedFact = (type: FactType, zh: string, en: string): FactDefinition => ({
  ...fact(type, zh, en),
  derived: true,
});

export const VOCABULARY = {
  birthDate: fact(date, '出生日期', 'date of birth'),
  sex: fact(oneOf('male', 'female'), '性别', 'sex'),

  'hukou.areaCode': fact(area, '户籍所在地', 'place of household registration (hukou)'),
  'hukou.kind': fact(oneOf('agricultural', 'non-agricultural'), '户口性质', 'kind of hukou'),
  'hukou.previousAreaCode': fact(area, '原户籍所在地', 'place of the previous hukou'),
  'hukou.previousKind': fact(
    oneOf('agricultural', 'non-agricultural'),
    '原户口性质',
    'kind of the previous hukou',
  ),
  'hukou.since': fact(date, '现户籍登记日期', 'first day of the present hukou'),

  'permit.type': derivedFact(oneOf(...PERMIT_TYPES), '居住证类型', 'type of residence permit'),
  'permit.status': derivedFact(oneOf(...PERMIT_STATUSES), '居住证状态', 'status of the residence permit'),
  'permit.areaCode': derivedFact(area, '居住证登记的居住地', 'area of the residence permit'),

  'residence.continuousMonths': derivedFact(
    number('month'),
    '连续居住月数',
    'months of continuous residence',
  ),
  'residence.cumulativeMonths': derivedFact(number('month'), '累计居住月数', 'months of residence in all'),
  'residence.registered': derivedFact(boolean, '已办理居住登记', 'residence is registered'),
  'residence.areaCode': derivedFact(area, '居住地', 'area of residence'),

  'employment.status': fact(
    oneOf('employed', 'self-employed', 'flexible', 'unemployed', 'not-working'),
    '就业状态',
    'employment status',
  ),
  'employment.contract': fact(boolean, '签订劳动合同', 'has an employment contract'),
  'employment.areaCode': fact(area, '就业所在地', 'area of employment'),
  'employment.since': fact(date, '就业（失业）起始日期', 'first day of the present employment status'),
  'employment.involuntaryLoss': fact(boolean, '非因本人意愿中断就业', 'employment ended involuntarily'),
  'employment.registeredUnemployed': fact(boolean, '已办理失业登记', 'registered as unemployed'),
  'employment.stableMonthsBeforeLoss': fact(
    number('month'),
    '失业前稳定就业月数',
    'months of stable employment before the loss',
  ),
  'employment.supportClass': fact(
    oneOf(...EMPLOYMENT_SUPPORT_CLASSES),
    '就业扶持人员类别',
    'class of people supported into work',
  ),

  'housing.tenure': fact(oneOf('owned', 'rented', 'dormitory', 'other'), '住房情况', 'housing tenure'),
  'housing.leaseFiled': fact(boolean, '租赁登记备案', 'lease is filed'),
  'housing.ownsHomeInCity': fact(boolean, '在本市有自有住房', 'owns a home in the city'),
  'housing.ownsHomeInCentralCity': fact(boolean, '在中心城区有自有住房', 'owns a home in the central city'),
  'housing.ownsHomeInProjectCounty': fact(
    boolean,
    '在项目所在区（市）县有自有住房',
    'owns a home in the county of the project',
  ),
  'housing.ownedHomesInCity': fact(number('home'), '在本市自有住房套数', 'homes owned in the city'),
  'housing.ownedAreaPerPerson': fact(
    number('square-metre', 0.01),
    '人均自有住房面积',
    'owned floor area a person',
  ),
  'housing.rentsPublicHousing': fact(boolean, '正在承租公有住房', 'rents public housing'),
  'housing.receivesOtherHousingSupport': fact(
    boolean,
    '正在享受其他住房保障',
    'receives other housing support',
  ),
  'housing.purchaseArea': fact(
    number('square-metre', 0.01),
    '拟购住房面积',
    'floor area of the home to be bought',
  ),
  'housing.purchaseAreaCode': fact(area, '拟购住房所在地', 'area of the home to be bought'),
  'housing.areaCode': fact(area, '住房所在地', 'area of the dwelling'),

  'household.size': fact(number('person'), '家庭人口', 'household size'),
  'household.annualIncome': fact(number('yuan'), '家庭年收入', 'annual household income'),
  'household.personalAnnualIncome': fact(number('yuan'), '个人年收入', 'personal annual income'),
  'household.single': fact(boolean, '单身居民', 'single'),
  'household.adultOrphan': fact(boolean, '成年孤儿', 'adult orphan'),
  'household.minimumLivingRecipient': fact(boolean, '低保家庭', 'receives the minimum living allowance'),
  'household.parentHukouOrPermit': fact(
    boolean,
    '父母一方有本市户籍或者有效居住证',
    'a parent has a hukou or a valid residence permit of the city',
  ),
  'household.marriedSince': fact(date, '结婚登记日期', 'date of marriage'),
  'household.children': fact({ kind: 'children' }, '子女', 'children'),

  'education.seniorSecondarySince': fact(date, '高中学籍起始日期', 'first day of senior secondary enrolment'),
  'education.seniorSecondaryYears': fact(
    number('year'),
    '高中连续学籍年限',
    'years of senior secondary enrolment',
  ),
  'education.juniorSecondaryInCity': fact(
    boolean,
    '本市初中学籍',
    'attends junior secondary school in the city',
  ),
  'education.juniorSecondaryYears': fact(
    number('year'),
    '初中连续学籍年限',
    'years of junior secondary enrolment',
  ),
  'education.parentStableJobInProvince': fact(
    boolean,
    '父母在省内有合法稳定职业',
    'a parent has a lawful stable job in the province',
  ),
  'education.parentStableDwellingInProvince': fact(
    boolean,
    '父母在省内有合法稳定住所（含租赁）',
    'a parent has a lawful stable dwelling in the province (rented counts)',
  ),
  'education.vocationalEnrolled': fact(boolean, '中等职业学校在籍', 'is enrolled in a vocational school'),
  'education.hardshipRecognised': fact(
    boolean,
    '学校认定家庭经济困难',
    'recognised by the school as in economic hardship',
  ),

  'points.total': fact(number('point'), '居住证积分总分', 'residence-permit points in all'),
  'points.pension': fact(number('point'), '养老保险积分', 'points for pension insurance'),
  'points.residence': fact(number('point'), '居住积分', 'points for residence'),

  'hardship.cause': fact(
    oneOf('none', 'accident', 'sudden-illness', 'other'),
    '困难原因',
    'cause of the hardship',
  ),
  'hardship.category': fact(
    oneOf('none', 'minimum-living', 'extreme-hardship', 'other-defined'),
    '救助对象类别',
    'category of assistance',
  ),
  'hardship.temporaryAidThisYear': fact(
    number('yuan'),
    '本年度已获临时救助金额',
    'temporary assistance received this year',
  ),
} as const satisfies Record<string, FactDefinition>;

export type FactPath = keyof typeof VOCABULARY;

/** The definition of a fact path, or null when a policy names a fact that does not exist. */
export function factDefinition(path: string): FactDefinition | null {
  return Object.hasOwn(VOCABULARY, path) ? VOCABULARY[path as FactPath] : null;
}
