import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import { samplePack } from './sample-pack.ts';

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });

/** A pack of a made-up city that uses what a catalogue can show: shared routes, windows, remedies, degrees. */
export function cityPack(): Pack {
  return samplePack({
    policy: 'city',
    version: '2024',
    effective: { from: '2024-01-01', until: '2024-12-31' },
    sources: {
      rules: {
        document: text('办法', 'Measures'),
        inForce: { from: '2020-01-01', until: null },
        grade: 'law',
      },
    },
    conditions: {
      permit: {
        text: text('持有效居住证', 'Holds a valid permit'),
        source: { from: 'rules', article: '第一条', quote: '持有效居住证的' },
        remedy: text('请办理居住证', 'Apply for a permit'),
        test: { fact: 'permit.status', is: 'valid' },
      },
    },
    routes: { holder: { name: text('居住证持有人', 'Permit holders'), when: 'permit' } },
    services: {
      'legal.aid': {
        name: text('法律援助', 'Legal aid'),
        category: 'legal',
        tier: 'A',
        authority: text('司法局', 'Justice bureau'),
        apply: { text: text('到窗口办理', 'At the counter') },
        conditions: {},
        routes: [{ use: 'holder' }],
        entitlements: [],
      },
      'housing.public-rental': {
        name: text('公共租赁住房', 'Public rental housing'),
        category: 'housing',
        tier: 'B',
        authority: text('住建局', 'Housing bureau'),
        apply: { text: text('网上办理', 'Online'), windows: [{ from: '04-01', to: '04-30' }] },
        conditions: {
          income: {
            text: text('年收入不超过10万元', 'At most 100,000 yuan a year'),
            source: { from: 'rules', article: '第二条', quote: '不超过10万元', grade: 'secondary' },
            test: { fact: 'household.annualIncome', atMost: 100_000 },
          },
        },
        routes: [{ use: 'holder', and: ['income'] }],
        entitlements: [
          {
            id: 'rent-70',
            text: text('租金七成', '70 % of the market rent'),
            source: { from: 'rules', article: '第三条', quote: '按市场租金70%' },
            test: { fact: 'household.annualIncome', atMost: 70_000 },
            value: { amount: 70, unit: 'percent' },
          },
        ],
      },
    },
  });
}
