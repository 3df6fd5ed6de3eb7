import { type PersonaPlan, permitHolder } from './persona.ts';

/** Birthdays at which a service begins, and where it is given to whom. */
export const personasByAge: readonly PersonaPlan[] = [
  {
    name: 'turns-65-in-two-weeks',
    title: { 'zh-CN': '两周后年满65周岁的居住证持有人', en: 'Permit holder who turns 65 in two weeks' },
    point: {
      'zh-CN': '老年卡自65周岁生日当天起可办，提前一天也不行，系统给出确切日期。',
      en: 'The transit card begins on the 65th birthday, not a day earlier, and the answer names that day.',
    },
    birth: '1961-06-15',
    sex: 'female',
    registered: '2021-08-10',
    life: permitHolder('510107', {
      since: '2021-08-10',
      issued: '2022-03-01',
      endorsed: ['2023-02-10', '2024-02-20', '2025-02-14', '2026-02-11'],
    }),
    shows: [
      {
        service: 'elderly.transit-card',
        outcome: 'not_eligible',
        eligibleFrom: '2026-06-15',
        conditions: { 'transit-permit': 'met', 'transit-age': 'unmet' },
      },
      { service: 'elderly.transit-card', asOf: '2026-06-15', outcome: 'eligible' },
    ],
  },
  {
    name: 'permit-moved-out-of-the-5-plus-1-districts',
    title: { 'zh-CN': '居住证已迁出5+1城区的66岁老人', en: 'Aged 66, permit moved out of the 5+1 districts' },
    point: {
      'zh-CN': '年龄够了，但居住证随居住地变更到双流区，5+1城区的老年卡不再办理，其他服务不变。',
      en: 'Old enough, but the permit moved to Shuangliu with its holder: no transit card of the 5+1 districts, all else as before.',
    },
    birth: '1960-02-10',
    sex: 'male',
    registered: '2020-09-01',
    life: [
      ...permitHolder('510105', {
        since: '2020-09-01',
        issued: '2021-03-08',
        endorsed: ['2022-02-25', '2023-03-01', '2024-02-26', '2025-03-03', '2026-02-20'],
      }),
      ['2025-10-11', { type: 'residence.registered', areaCode: '510116' }],
      ['2025-10-14', { type: 'permit.moved', areaCode: '510116' }],
    ],
    shows: [
      { service: 'elderly.transit-card', asOf: '2025-10-13', outcome: 'eligible' },
      {
        service: 'elderly.transit-card',
        outcome: 'not_eligible',
        conditions: { 'transit-permit': 'unmet', 'transit-age': 'met' },
      },
      { service: 'legal.aid', outcome: 'eligible' },
    ],
  },
  {
    name: 'elderly-82-permit-holder',
    title: { 'zh-CN': '82岁的居住证持有人', en: 'Permit holder aged 82' },
    point: {
      'zh-CN': '同一位老人：老年卡可以办，高龄津贴只给成都户籍，不能领。',
      en: 'One and the same person gets the transit card, but not the old-age allowance, which is for a Chengdu hukou only.',
    },
    birth: '1944-03-05',
    sex: 'male',
    registered: '2019-05-20',
    life: permitHolder('510104', {
      since: '2019-05-20',
      issued: '2019-12-02',
      endorsed: ['2020-11-20', '2021-11-10', '2022-11-25', '2023-11-08', '2024-11-18', '2025-11-12'],
    }),
    shows: [
      { service: 'elderly.transit-card', outcome: 'eligible' },
      {
        service: 'elderly.allowance',
        outcome: 'not_eligible',
        conditions: { 'allowance-hukou': 'unmet', 'allowance-age': 'met' },
      },
    ],
  },
  {
    name: 'turns-80-with-chengdu-hukou',
    title: { 'zh-CN': '下月年满80周岁的成都户籍老人', en: 'Turns 80 next month, with a Chengdu hukou' },
    point: {
      'zh-CN': '有成都户籍的，80周岁生日当天起可领高龄津贴，不需要居住证。',
      en: 'With a Chengdu hukou the old-age allowance begins on the 80th birthday; no permit is asked for.',
    },
    birth: '1946-07-01',
    sex: 'female',
    registered: '1990-01-01',
    life: [
      ['1990-01-01', { type: 'hukou.moved', areaCode: '510105', kind: 'non-agricultural' }],
      ['1990-01-01', { type: 'residence.registered', areaCode: '510105' }],
    ],
    shows: [
      {
        service: 'elderly.allowance',
        outcome: 'not_eligible',
        eligibleFrom: '2026-07-01',
        conditions: { 'allowance-hukou': 'met', 'allowance-age': 'unmet' },
      },
      { service: 'elderly.transit-card', outcome: 'eligible' },
    ],
  },
  {
    name: 'third-school-year-ends-in-august',
    title: {
      'zh-CN': '高中三年即将读满的随迁子女',
      en: 'Child of migrants about to complete three years of senior school',
    },
    point: {
      'zh-CN': '父母在川有稳定工作和住所，学籍满3年当天起可以在川参加高考。',
      en: 'The parents work and live in Sichuan; on the day three years of enrolment are full, the gaokao can be taken here.',
    },
    birth: '2008-04-18',
    sex: 'female',
    registered: '2017-07-12',
    life: [
      ...permitHolder('510108', {
        since: '2017-07-12',
        issued: '2018-01-22',
        endorsed: [
          ...['2019-01-10', '2020-01-06', '2021-01-14', '2022-01-05'],
          ...['2023-01-12', '2024-01-03', '2025-01-15', '2026-01-09'],
        ],
      }),
      [
        '2023-09-01',
        {
          type: 'education.updated',
          education: {
            juniorSecondaryInCity: true,
            juniorSecondaryYears: 3,
            seniorSecondarySince: '2023-09-01',
            parentStableJobInProvince: true,
            parentStableDwellingInProvince: true,
            vocationalEnrolled: false,
            hardshipRecognised: false,
          },
        },
      ],
    ],
    shows: [
      {
        service: 'education.gaokao',
        outcome: 'not_eligible',
        eligibleFrom: '2026-09-01',
        conditions: { 'parent-job': 'met', 'three-years': 'unmet' },
      },
    ],
  },
];
