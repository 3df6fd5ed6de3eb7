import type { InsuranceSpec } from '../../../shared/domain/policy/expression-schema.ts';
import { type Pack, packSchema } from '../../../shared/domain/policy/pack-schema.ts';

/**
 * Small packs of no city, in which every form of a test and every way of counting comes up. They are for comparing
 * engines: what they ask makes no sense as law.
 */
const words = (text: string) => ({ 'zh-CN': text, en: text });

/** A test, in force all the time unless its source says otherwise. */
type Test = object | 'not-published';

export interface PackDraft {
  readonly version?: string;
  readonly effective?: { from: string; until: string | null };
  readonly parameters?: object;
  /** Services of one route each that asks for one condition. */
  readonly tests?: Readonly<Record<string, Test>>;
  readonly conditions?: Readonly<Record<string, { test: Test; source?: string }>>;
  readonly routes?: Readonly<Record<string, unknown>>;
  /** Services by their routes. */
  readonly services?: Readonly<Record<string, readonly object[]>>;
}

const conditionOf = (id: string, test: Test, source = 'always') => ({
  text: words(id),
  source: { from: source, article: '1', quote: id },
  test,
});

export function packOf(draft: PackDraft): Pack {
  const service = (name: string, routes: readonly object[]) => ({
    name: words(name),
    category: 'housing',
    tier: 'B',
    authority: words('authority'),
    apply: { text: words('apply') },
    conditions: {},
    routes,
  });
  const tests = Object.entries(draft.tests ?? {});
  const conditions = Object.entries(draft.conditions ?? {});
  const route = (id: string, when: unknown) => ({ id, name: words(id), when });
  return packSchema.parse({
    schema: 1,
    policy: 'every-form',
    version: draft.version ?? '1',
    title: words('every form'),
    effective: draft.effective ?? { from: '2000-01-01', until: null },
    parameters: draft.parameters ?? {},
    areas: {
      sets: {
        city: ['5101*'],
        province: ['51*'],
        'central-city': ['510104', '510105', '510106', '510107', '510108'],
        county: ['510129'],
      },
      units: {
        school: [
          ['510104', '510105', '510106', '510107', '510108'],
          ['510181', '510185'],
        ],
        'whole-city': [['5101*']],
      },
    },
    sources: {
      always: { document: words('always'), inForce: { from: '1990-01-01', until: null }, grade: 'law' },
      ended: { document: words('ended'), inForce: { from: '2010-01-01', until: '2023-06-30' }, grade: 'law' },
      'to-come': { document: words('to come'), inForce: { from: '2023-07-01', until: null }, grade: 'law' },
    },
    conditions: Object.fromEntries([
      ...tests.map(([id, test]) => [id, conditionOf(id, test)]),
      ...conditions.map(([id, { test, source }]) => [id, conditionOf(id, test, source)]),
    ]),
    routes: Object.fromEntries(
      Object.entries(draft.routes ?? {}).map(([id, when]) => [id, { name: words(id), when }]),
    ),
    services: Object.fromEntries([
      ...tests.map(([id]) => [`test.${id}`, service(id, [route('only', id)])]),
      ...Object.entries(draft.services ?? {}).map(([code, routes]) => [
        code,
        service(
          code,
          routes.map((each) => ('id' in each ? { name: words(String(each.id)), ...each } : each)),
        ),
      ]),
    ]),
  });
}

const months = (...counts: number[]) => counts;

/** Months of residence, asked for in every way. */
export const residenceTests: Readonly<Record<string, Test>> = Object.fromEntries([
  ...months(1, 6, 12, 36, 60, 72).map((n) => [
    `continuous-${n}`,
    { fact: 'residence.continuousMonths', atLeast: n },
  ]),
  ...months(12, 60).map((n) => [`cumulative-${n}`, { fact: 'residence.cumulativeMonths', atLeast: n }]),
  ['continuous-below', { fact: 'residence.continuousMonths', lessThan: 60 }],
  ['continuous-band', { fact: 'residence.continuousMonths', atLeast: 12, atMost: 35 }],
  ['in-one-school-unit', { fact: 'residence.continuousMonths', atLeast: 12, sameArea: 'school' }],
  ['in-the-city', { fact: 'residence.continuousMonths', atLeast: 24, sameArea: 'whole-city' }],
  ['registered', { fact: 'residence.registered', is: true }],
  ['lives-in-city', { area: 'residence.areaCode', in: 'city' }],
  ['lives-in-county', { area: 'residence.areaCode', in: 'county' }],
  ['permit-valid', { fact: 'permit.status', is: 'valid' }],
  ['permit-once', { fact: 'permit.status', oneOf: ['valid', 'suspended', 'expired'] }],
  ['permit-mainland', { fact: 'permit.type', is: 'mainland' }],
  ['permit-central', { area: 'permit.areaCode', in: 'central-city' }],
]);

export const insuranceSpecs: readonly (Partial<InsuranceSpec> & Pick<InsuranceSpec, 'kinds' | 'mode'>)[] = [
  { kinds: ['pension'], mode: 'continuous' },
  { kinds: ['pension'], mode: 'cumulative' },
  { kinds: ['medical'], mode: 'continuous', backPaid: 'counts' },
  { kinds: ['medical'], mode: 'cumulative', backPaid: 'counts', cutOff: 'as-of-month' },
  { kinds: ['pension', 'medical'], mode: 'continuous', combine: 'together' },
  { kinds: ['pension', 'medical', 'unemployment'], mode: 'cumulative', combine: 'together', maxGap: 2 },
  { kinds: ['pension', 'medical'], mode: 'continuous', combine: 'any', maxGap: 3 },
  { kinds: ['pension', 'medical'], mode: 'continuous', combine: 'each', maxGap: 1, cutOff: 'as-of-month' },
  { kinds: ['pension'], mode: 'continuous', cutOff: 'previous-year-end' },
  { kinds: ['pension'], mode: 'continuous', cutOff: { fixed: 3 }, payingIn: 0 },
  { kinds: ['pension'], mode: 'cumulative', window: 24, payingIn: 3 },
  { kinds: ['housingFund'], mode: 'continuous', window: 12, maxGap: 2 },
  { kinds: ['pension'], mode: 'continuous', place: 'city' },
  { kinds: ['pension'], mode: 'cumulative', place: 'province', backPaid: 'counts' },
  { kinds: ['pension'], mode: 'continuous', place: 'area' },
  { kinds: ['pension', 'medical'], mode: 'cumulative', combine: 'any', place: 'area', units: 'school' },
  { kinds: ['medical', 'maternity'], mode: 'continuous', combine: 'together', place: 'central-city' },
  { kinds: ['unemployment'], mode: 'continuous', payingIn: 1, backPaid: 'counts', cutOff: 'as-of-month' },
];

export const insuranceTests: Readonly<Record<string, Test>> = Object.fromEntries(
  insuranceSpecs.flatMap((insurance, index) => [
    [`insurance-${index}-month`, { insurance, atLeast: 1 }],
    [`insurance-${index}-year`, { insurance, atLeast: 12 }],
    // No window holds more months than it is long.
    ...(insurance.window === undefined ? [[`insurance-${index}-years`, { insurance, moreThan: 59 }]] : []),
    // Who must be paying is not asked for having paid little.
    ...(insurance.payingIn === undefined
      ? [[`insurance-${index}-below`, { insurance, lessThan: insurance.window === undefined ? 36 : 9 }]]
      : []),
  ]),
);

export const plainTests: Readonly<Record<string, Test>> = {
  'not-known': 'not-published',
  'income-open': { fact: 'household.annualIncome', atMost: 'not-published', moreThan: 50_000 },
  'income-most': { fact: 'household.annualIncome', atMost: 100_000 },
  'income-below': { fact: 'household.annualIncome', lessThan: 100_000 },
  'area-each': { fact: 'housing.ownedAreaPerPerson', atMost: 16 },
  'is-adult': { age: { atLeast: 18 } },
  'is-old': { age: { atLeast: { male: 60, female: 55 } } },
  'is-old-last-month': { age: { on: 'previous-month-end', atLeast: 70 } },
  'is-old-this-year': { age: { on: '12-31', atLeast: 80 } },
  'is-young-in-february': { age: { on: '02-29', lessThan: 35 } },
  'between-ages': { age: { moreThan: 18, atMost: 45 } },
  'age-open': { age: { atLeast: 'not-published', lessThan: 90 } },
  'hukou-year': { since: 'hukou.since', atLeast: 12 },
  'married-lately': { since: 'household.marriedSince', lessThan: 60 },
  'two-children': { count: 'household.children', atLeast: 2 },
  employed: { fact: 'employment.status', oneOf: ['employed', 'self-employed', 'flexible'] },
  contract: { fact: 'employment.contract', is: true },
  'no-home': { fact: 'housing.ownsHomeInCity', is: false },
  'hukou-city': { area: 'hukou.areaCode', in: 'city' },
  'hukou-province': { area: 'hukou.areaCode', in: 'province' },
  'works-where-lives': { sameArea: ['employment.areaCode', 'residence.areaCode'] },
  'schools-where-works': { sameArea: ['employment.areaCode', 'housing.areaCode'], units: 'school' },
  'one-city': { sameArea: ['hukou.areaCode', 'housing.areaCode'], units: 'whole-city' },
  'works-in-province': { area: 'employment.areaCode', in: 'province', whenAbsent: 'in' },
  'own-income': { fact: 'household.personalAnnualIncome', atMost: 50_000 },
  alone: { fact: 'household.single', is: true },
  april: { calendar: { from: '04-01', to: '04-30' } },
  'over-new-year': { calendar: { from: '12-15', to: '02-29' } },
};

/** Counts of children of an age. */
export const childrenTests: Readonly<Record<string, Test>> = {
  'one-pupil': { count: 'household.children', age: { on: '08-31', atLeast: 6, lessThan: 12 }, atLeast: 1 },
  'no-toddler': { count: 'household.children', age: { lessThan: 3 }, atMost: 0 },
  'children-open': {
    count: 'household.children',
    age: { on: 'previous-month-end', atMost: 17 },
    atLeast: 1,
  },
};

/** Conditions under sources that end or begin, in every combination of routes. */
export const combinedDraft = {
  conditions: {
    ended: { test: { fact: 'employment.contract', is: true }, source: 'ended' },
    'to-come': { test: { fact: 'employment.contract', is: true }, source: 'to-come' },
    nested: {
      test: {
        any: [
          {
            all: [
              { fact: 'permit.status', is: 'valid' },
              { fact: 'residence.continuousMonths', atLeast: 60 },
            ],
          },
          { not: { any: [{ fact: 'household.single', is: false }, 'not-published'] } },
        ],
      },
    },
    'two-of-four': {
      test: {
        atLeast: 2,
        of: [
          { fact: 'permit.status', is: 'valid' },
          { fact: 'housing.leaseFiled', is: true },
          { fact: 'residence.continuousMonths', atLeast: 24 },
          { age: { lessThan: 45 } },
        ],
      },
    },
    valid: { test: { fact: 'permit.status', is: 'valid' } },
    'five-years': { test: { fact: 'residence.continuousMonths', atLeast: 60 } },
    'three-years-paid': { test: { insurance: { kinds: ['pension'], mode: 'continuous' }, atLeast: 36 } },
    'paid-lately': {
      test: {
        insurance: { kinds: ['pension', 'medical'], combine: 'any', mode: 'cumulative', window: 24 },
        atLeast: 12,
      },
    },
    old: { test: { age: { atLeast: 65 } } },
    young: { test: { age: { lessThan: 35 } } },
    spring: { test: { calendar: { from: '04-01', to: '04-30' } } },
    open: { test: 'not-published' },
  },
  routes: {
    settled: { all: ['valid', 'five-years'] },
    working: { all: ['valid', { any: ['three-years-paid', 'paid-lately'] }] },
  },
  services: {
    'housing.rent': [{ use: 'settled' }, { use: 'working', and: ['young'] }],
    'elderly.card': [{ id: 'old', when: { all: ['valid', 'old'] } }],
    'education.place': [
      { use: 'settled', and: ['spring', { not: 'open' }] },
      { use: 'settled', and: ['spring'] },
    ],
    'assistance.aid': [{ id: 'aid', when: { atLeast: 2, of: ['nested', 'two-of-four', 'ended'] } }],
    'assistance.later': [{ id: 'later', when: { any: ['to-come', { not: 'five-years' }] } }],
    'assistance.young': [{ id: 'young', when: { all: ['young', 'valid', { not: 'old' }] } }],
  },
} as const satisfies PackDraft;
