import { type Pack, packSchema } from '../../shared/domain/policy/pack-schema.ts';

/** A small valid pack of a made-up city: one service for holders of a valid permit. */
export function samplePack(changes: Partial<Pack> = {}): Pack {
  const text = (words: string) => ({ 'zh-CN': words, en: words });
  return packSchema.parse({
    schema: 1,
    policy: 'sample-city',
    version: '2020-01-01',
    title: text('Sample city'),
    effective: { from: '2020-01-01', until: '2020-12-31' },
    parameters: {},
    areas: {},
    sources: {
      rules: { document: text('Rules'), inForce: { from: '2020-01-01', until: null }, grade: 'law' },
    },
    conditions: {
      'valid-permit': {
        text: text('A valid permit'),
        source: { from: 'rules', article: '1', quote: 'A valid permit' },
        test: { fact: 'permit.status', is: 'valid' },
      },
    },
    routes: {},
    services: {
      'legal.aid': {
        name: text('Legal aid'),
        category: 'legal',
        tier: 'A',
        authority: text('Justice bureau'),
        apply: { text: text('At the counter') },
        routes: [{ id: 'permit', name: text('Permit holder'), when: 'valid-permit' }],
      },
    },
    ...changes,
  });
}

/** The sample pack for one calendar year. */
export function samplePackOf(year: number, policy = 'sample-city'): Pack {
  return samplePack({
    policy,
    version: `${year}-01-01`,
    effective: { from: `${year}-01-01`, until: `${year}-12-31` },
  });
}
