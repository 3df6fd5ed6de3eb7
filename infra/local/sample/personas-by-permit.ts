import { employeeInsurance, type PersonaPlan, permitHolder, type Told } from './persona.ts';

/** The same life for those who differ in one endorsement only. */
const endorsedUntil2025 = (last: readonly string[]): Told[] => [
  ...permitHolder('510106', {
    since: '2022-10-17',
    issued: '2023-05-20',
    endorsed: ['2024-05-06', '2025-05-12', ...last],
  }),
  [
    '2022-11-01',
    {
      type: 'employment.updated',
      employment: { status: 'employed', contract: true, areaCode: '510106', since: '2022-11-01' },
    },
  ],
  employeeInsurance('510106', '2022-11', '2026-05'),
];

/** In time, late, missed, not heard of, not there yet. */
export const personasByPermit: readonly PersonaPlan[] = [
  {
    name: 'endorsed-on-the-last-day',
    title: { 'zh-CN': '在最后一天签注', en: 'Endorsed on the last day' },
    point: {
      'zh-CN': '居住满一年之日的前一天是签注的最后一天：居住证有效，连续居住年限不受影响。',
      en: 'The day before the anniversary is the last day to endorse: the permit is valid and continuous residence goes on.',
    },
    birth: '1992-09-30',
    sex: 'male',
    registered: '2022-10-17',
    life: endorsedUntil2025(['2026-05-19']),
    shows: [
      { service: 'legal.aid', outcome: 'eligible' },
      {
        service: 'education.compulsory',
        outcome: 'undetermined',
        conditions: { 'permit-valid': 'met', 'school-residence': 'met' },
      },
    ],
  },
  {
    name: 'endorsed-one-day-late',
    title: { 'zh-CN': '迟一天补办签注', en: 'Endorsed one day late' },
    point: {
      'zh-CN':
        '迟一天即为补办：居住证恢复使用，但连续居住年限是重新起算还是暂停，条例第十条有两种读法，系统不替人决定。',
      en: 'A day late is a make-up: the permit works again, but whether residence starts anew or was paused can be read both ways in article 10, and the answer does not choose.',
    },
    birth: '1992-10-01',
    sex: 'male',
    registered: '2022-10-17',
    life: endorsedUntil2025(['2026-05-20']),
    shows: [
      { service: 'legal.aid', outcome: 'eligible' },
      {
        service: 'education.compulsory',
        outcome: 'undetermined',
        conditions: { 'permit-valid': 'met', 'school-residence': 'ambiguous-law' },
      },
    ],
  },
  {
    name: 'endorsement-missed',
    title: { 'zh-CN': '未按时签注，居住证已中止', en: 'Endorsement missed: the permit is suspended' },
    point: {
      'zh-CN': '逾期未签注，居住证使用功能中止，凭证服务停止；到派出所补办后恢复。',
      en: 'Not endorsed in time, the permit is suspended and what it opens is closed, until it is made up at the police station.',
    },
    birth: '1992-10-02',
    sex: 'male',
    registered: '2022-10-17',
    life: endorsedUntil2025([]),
    shows: [
      { service: 'legal.aid', asOf: '2026-05-19', outcome: 'eligible' },
      { service: 'legal.aid', outcome: 'not_eligible', conditions: { 'permit-valid': 'unmet' } },
    ],
  },
  {
    name: 'permit-issue-not-received',
    title: { 'zh-CN': '签发记录尚未报送的持证人', en: 'Permit holder whose issue has not reached us' },
    point: {
      'zh-CN': '只收到签注、未收到签发：数据迟到时答“无法确定”，绝不答“不符合”。',
      en: 'The endorsements came, the issue did not: where a feed is late the answer is undetermined, never no.',
    },
    birth: '1988-12-12',
    sex: 'female',
    registered: '2023-02-06',
    life: [
      ['2023-02-06', { type: 'hukou.moved', areaCode: '512021', kind: 'agricultural' }],
      ['2023-02-06', { type: 'residence.registered', areaCode: '510114' }],
      ['2024-08-30', { type: 'permit.endorsed' }],
      ['2025-08-28', { type: 'permit.endorsed' }],
    ],
    shows: [{ service: 'legal.aid', outcome: 'undetermined', conditions: { 'permit-valid': 'unavailable' } }],
  },
  {
    name: 'registered-for-five-months',
    title: { 'zh-CN': '居住登记五个月，尚无居住证', en: 'Registered for five months, no permit yet' },
    point: {
      'zh-CN': '登记未满半年，还不能申领居住证；登记簿没有居住证记录，系统答“缺少信息”并指出缺什么。',
      en: 'Half a year is not full, so there is no permit to apply for; the register knows of none and the answer says that this is what is missing.',
    },
    birth: '2001-03-27',
    sex: 'male',
    registered: '2025-12-20',
    life: [
      ['2025-12-20', { type: 'hukou.moved', areaCode: '520502', kind: 'agricultural' }],
      ['2025-12-20', { type: 'residence.registered', areaCode: 'CD-GXQ' }],
    ],
    shows: [{ service: 'legal.aid', outcome: 'undetermined', conditions: { 'permit-valid': 'missing' } }],
  },
  {
    name: 'hmt-permit',
    title: {
      'zh-CN': '港澳台居民居住证持有人',
      en: 'Holder of a permit for Hong Kong, Macao and Taiwan residents',
    },
    point: {
      'zh-CN': '港澳台居民居住证有效期五年，无需签注：可以参加城乡居民医保、享受法律援助，直到到期日。',
      en: 'Valid for five years and never endorsed: it opens resident medical insurance and legal aid, until it expires.',
    },
    documentType: 'hmt-permit',
    birth: '1985-08-23',
    sex: 'female',
    registered: '2023-11-06',
    life: [
      ['2023-11-06', { type: 'residence.registered', areaCode: 'CD-TFXQ' }],
      [
        '2024-09-10',
        { type: 'permit.issued', permitType: 'hmt', areaCode: 'CD-TFXQ', expiresOn: '2029-09-09' },
      ],
      ['2024-10-08', { type: 'insurance.contributed', kinds: ['pension', 'medical'], contributions: [] }],
    ],
    shows: [
      { service: 'legal.aid', outcome: 'eligible', eligibleUntil: '2029-09-09' },
      { service: 'health.resident-medical-insurance', outcome: 'eligible', eligibleUntil: '2029-09-09' },
    ],
  },
  {
    name: 'foreign-permanent-resident',
    title: { 'zh-CN': '外国人永久居留身份证持有人', en: 'Foreign permanent resident' },
    point: {
      'zh-CN': '居民医保有明文规定，可以参加；其他服务未查到公布的规定，如实答“未公布”。',
      en: 'Resident medical insurance is open by rule; for other services no published rule was found, and the answer says so.',
    },
    documentType: 'foreign-pr',
    birth: '1979-01-30',
    sex: 'male',
    registered: '2024-04-15',
    life: [
      ['2024-04-15', { type: 'residence.registered', areaCode: '510107' }],
      ['2024-06-03', { type: 'permit.issued', permitType: 'foreign-pr', expiresOn: '2034-06-02' }],
      ['2024-10-08', { type: 'insurance.contributed', kinds: ['pension', 'medical'], contributions: [] }],
    ],
    shows: [
      { service: 'health.resident-medical-insurance', outcome: 'eligible' },
      { service: 'legal.aid', outcome: 'undetermined', conditions: { 'foreign-pr-rule': 'not-published' } },
    ],
  },
];
