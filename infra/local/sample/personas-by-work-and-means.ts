import { employeeInsurance, type PersonaPlan, permitHolder, type Told } from './persona.ts';

/** Insured since a month, dismissed at the end of February 2026 and registered as unemployed. */
const dismissed = (insuredFrom: string): Told[] => [
  ...permitHolder('510112', { since: '2024-09-02', issued: '2025-03-10', endorsed: ['2026-02-24'] }),
  employeeInsurance('510112', insuredFrom, '2026-02'),
  [
    '2026-03-02',
    {
      type: 'employment.updated',
      employment: {
        status: 'unemployed',
        since: '2026-03-01',
        contract: false,
        involuntaryLoss: true,
        registeredUnemployed: true,
        supportClass: 'registered-unemployed',
      },
    },
  ],
];

/** Left a job after some months of it; whoever can register as unemployed has done so. */
const leftJobAfter = (stableMonthsBeforeLoss: number): Told[] => [
  ...permitHolder('510113', { since: '2024-03-04', issued: '2024-10-14', endorsed: ['2025-09-29'] }),
  [
    '2026-05-06',
    {
      type: 'employment.updated',
      employment: {
        status: 'unemployed',
        since: '2026-05-06',
        contract: false,
        involuntaryLoss: false,
        registeredUnemployed: stableMonthsBeforeLoss >= 6,
        stableMonthsBeforeLoss,
        supportClass: 'none',
      },
    },
  ],
];

/** A family without a home of their own, with this income since 2019. */
const familyWithIncome = (annualIncome: number): Told[] => [
  ...permitHolder('510108', {
    since: '2017-06-05',
    issued: '2018-03-12',
    endorsed: [
      ...['2019-02-25', '2020-02-24', '2021-03-01', '2022-02-28'],
      ...['2023-02-27', '2024-02-26', '2025-02-24', '2026-03-02'],
    ],
  }),
  [
    '2018-01-02',
    {
      type: 'employment.updated',
      employment: { status: 'employed', contract: true, areaCode: '510106', since: '2018-01-02' },
    },
  ],
  [
    '2018-01-02',
    {
      type: 'housing.updated',
      housing: {
        tenure: 'rented',
        leaseFiled: true,
        ownsHomeInCity: false,
        ownsHomeInCentralCity: false,
        rentsPublicHousing: false,
        areaCode: '510108',
      },
    },
  ],
  [
    '2019-01-15',
    {
      type: 'household.updated',
      household: {
        size: 3,
        annualIncome,
        single: false,
        marriedSince: '2015-05-20',
        children: [{ birthDate: '2017-02-14' }],
      },
    },
  ],
  employeeInsurance('510106', '2018-01', '2026-05'),
];

/** Months and yuan on both sides of a bound, and two offices that ask for different things. */
export const personasByWorkAndMeans: readonly PersonaPlan[] = [
  {
    name: 'eleven-months-insured',
    title: {
      'zh-CN': '失业保险缴费11个月后被辞退',
      en: 'Dismissed after 11 months of unemployment insurance',
    },
    point: {
      'zh-CN': '累计缴费差一个月满一年，不能领失业保险金；与户籍、居住证无关。',
      en: 'One month short of a year: no unemployment benefit. Neither hukou nor permit matters.',
    },
    birth: '1995-05-08',
    sex: 'female',
    registered: '2024-09-02',
    life: dismissed('2025-04'),
    shows: [
      {
        service: 'employment.unemployment-benefit',
        outcome: 'not_eligible',
        conditions: { 'contributed-one-year': 'unmet', 'involuntary-loss': 'met' },
      },
    ],
  },
  {
    name: 'twelve-months-insured',
    title: {
      'zh-CN': '失业保险缴费12个月后被辞退',
      en: 'Dismissed after 12 months of unemployment insurance',
    },
    point: {
      'zh-CN': '累计缴费满一年，可以领失业保险金，最长12个月。',
      en: 'A full year: the benefit is paid, for 12 months at most.',
    },
    birth: '1995-05-09',
    sex: 'female',
    registered: '2024-09-02',
    life: dismissed('2025-03'),
    shows: [
      {
        service: 'employment.unemployment-benefit',
        outcome: 'eligible',
        conditions: { 'contributed-one-year': 'met' },
      },
    ],
  },
  {
    name: 'five-months-in-the-job',
    title: { 'zh-CN': '稳定就业5个月后离职', en: 'Left a job after five months' },
    point: {
      'zh-CN': '在常住地稳定就业未满6个月，不能办理失业登记，也就没有培训补贴。',
      en: 'Less than six months of stable work here: no registration as unemployed, hence no training subsidy.',
    },
    birth: '1998-11-03',
    sex: 'male',
    registered: '2024-03-04',
    life: leftJobAfter(5),
    shows: [
      {
        service: 'employment.support',
        outcome: 'not_eligible',
        conditions: { 'permit-valid': 'met', 'registered-unemployed': 'unmet' },
      },
    ],
  },
  {
    name: 'six-months-in-the-job',
    title: { 'zh-CN': '稳定就业6个月后离职', en: 'Left a job after six months' },
    point: {
      'zh-CN': '满6个月，可以办理失业登记；登记后享受就业扶持。',
      en: 'Six months are enough to register as unemployed, and who is registered is supported.',
    },
    birth: '1998-11-04',
    sex: 'male',
    registered: '2024-03-04',
    life: leftJobAfter(6),
    shows: [
      {
        service: 'employment.support',
        outcome: 'eligible',
        conditions: { 'registered-unemployed': 'met' },
      },
    ],
  },
  {
    name: 'income-exactly-at-the-limit',
    title: { 'zh-CN': '家庭年收入正好10万元', en: 'Household income of exactly 100,000 yuan' },
    point: {
      'zh-CN': '“以下”含本数：按2020年的收入线可以申请公租房；此后的收入线未公布，现在无法确定。',
      en: 'The limit includes its bound: public rental housing by the rule of 2020; the limit since is not published, so today it is undetermined.',
    },
    birth: '1990-02-21',
    sex: 'male',
    registered: '2017-06-05',
    life: familyWithIncome(100_000),
    shows: [
      { service: 'housing.public-rental', asOf: '2020-12-31', outcome: 'eligible' },
      {
        service: 'housing.public-rental',
        outcome: 'undetermined',
        conditions: { 'works-here': 'met', 'income-limit': 'not-published' },
      },
    ],
  },
  {
    name: 'income-one-yuan-over-the-limit',
    title: { 'zh-CN': '家庭年收入超出1元', en: 'Household income one yuan over the limit' },
    point: {
      'zh-CN': '多1元即超过2020年的收入线，其余条件全部符合。',
      en: 'One yuan more is too much under the limit of 2020, with everything else in order.',
    },
    birth: '1990-02-22',
    sex: 'male',
    registered: '2017-06-05',
    life: familyWithIncome(100_001),
    shows: [
      {
        service: 'housing.public-rental',
        asOf: '2020-12-31',
        outcome: 'not_eligible',
        conditions: { 'works-here': 'met', 'income-limit': 'unmet' },
      },
    ],
  },
  {
    name: 'dibao-no-temporary-assistance-yes',
    title: { 'zh-CN': '突发重病的居住证持有人', en: 'Permit holder who fell seriously ill' },
    point: {
      'zh-CN': '低保只能在户籍地申请；临时救助面向居住证持有人，窗口出示病情证明即可认定。',
      en: 'Dibao can be applied for only at the hukou; temporary assistance is open to permit holders once the illness is shown at the counter.',
    },
    birth: '1971-07-19',
    sex: 'female',
    registered: '2020-05-11',
    life: [
      ...permitHolder('510117', {
        since: '2020-05-11',
        issued: '2020-12-07',
        endorsed: ['2021-11-29', '2022-11-28', '2023-11-27', '2024-12-02', '2025-12-01'],
      }),
      [
        '2026-02-03',
        {
          type: 'household.updated',
          household: { size: 2, annualIncome: 14_000, single: false, minimumLivingRecipient: false },
        },
      ],
    ],
    shows: [
      { service: 'assistance.minimum-living', outcome: 'not_eligible' },
      {
        service: 'assistance.temporary',
        outcome: 'undetermined',
        conditions: { 'assistance-permit': 'met', 'sudden-hardship': 'missing' },
      },
      {
        service: 'assistance.temporary',
        facts: { hardship: { cause: 'sudden-illness', temporaryAidThisYear: 0 } },
        outcome: 'eligible',
      },
    ],
  },
  {
    name: 'chengdu-hukou-across-districts',
    title: {
      'zh-CN': '成都户籍、跨区居住的家庭',
      en: 'Family with a Chengdu hukou living in another district',
    },
    point: {
      'zh-CN':
        '成都户籍不需居住证即可参加居民医保；就地享受其他服务的依据（成府发〔2017〕23号）2022年底期满，如实答“依据已失效”。',
      en: 'With a Chengdu hukou no permit is needed for resident medical insurance; what gave other services where one lives, Chengfufa [2017] No. 23, ended with 2022, and the answer says so.',
    },
    birth: '1987-04-02',
    sex: 'female',
    registered: '2019-08-19',
    life: [
      ['2019-08-19', { type: 'hukou.moved', areaCode: '510181', kind: 'non-agricultural' }],
      ['2019-08-19', { type: 'residence.registered', areaCode: '510107' }],
      [
        '2019-09-02',
        {
          type: 'employment.updated',
          employment: { status: 'self-employed', areaCode: '510107', since: '2019-09-02' },
        },
      ],
      ['2025-11-10', { type: 'insurance.contributed', kinds: ['pension', 'medical'], contributions: [] }],
    ],
    shows: [
      { service: 'health.resident-medical-insurance', outcome: 'eligible' },
      { service: 'legal.aid', asOf: '2022-12-31', outcome: 'eligible' },
      {
        service: 'legal.aid',
        outcome: 'undetermined',
        conditions: { 'registered-elsewhere-in-city': 'basis-expired' },
      },
    ],
  },
];
