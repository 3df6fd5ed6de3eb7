import colors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { evaluationTable } from '../../../../infra/cli/evaluation-table.ts';
import { displayWidth } from '../../../../infra/cli/wrap-text.ts';
import type { Evaluation } from '../../../../shared/contract/evaluation/response.ts';

type ServiceAnswer = Evaluation['services'][number];

const source = { document: 'Rules', article: '1', quote: 'A rule', grade: 'law' } as const;

function service(code: string, changes: Partial<ServiceAnswer>): ServiceAnswer {
  return {
    code,
    name: code,
    category: 'legal',
    tier: 'A',
    outcome: 'eligible',
    route: null,
    eligibleFrom: null,
    eligibleUntil: null,
    keepBy: [],
    missing: [],
    entitlements: [],
    conditions: [],
    nextSteps: [],
    ...changes,
  };
}

function condition(id: string, route: string, outcome: 'met' | 'unmet', actual: string | null) {
  return { id, route, outcome, because: null, required: `needs ${id}`, actual, source };
}

const evaluation: Evaluation = {
  asOf: '2024-06-01',
  policy: { id: 'sample-city', version: '2024', digest: `sha256:${'0'.repeat(64)}` },
  engine: '1.0.0',
  facts: { findings: [] } as unknown as Evaluation['facts'],
  services: [
    service('legal.aid', {
      name: '法律援助',
      route: 'permit',
      eligibleUntil: '2025-02-28',
      conditions: [condition('permit', 'permit', 'met', 'valid'), condition('hukou', 'local', 'met', 'yes')],
      entitlements: [
        { id: 'a', outcome: 'met', because: null, text: 'twelve months', value: null, source },
        { id: 'b', outcome: 'unmet', because: null, text: 'two years', value: null, source },
      ],
      keepBy: [
        {
          action: 'endorse-permit',
          from: null,
          by: '2025-02-28',
          month: null,
          kinds: [],
          text: 'endorse it',
        },
      ],
    }),
    service('elderly.allowance', {
      outcome: 'not_eligible',
      eligibleFrom: '2030-01-01',
      conditions: [
        condition('age', 'one', 'unmet', '34'),
        condition('age', 'two', 'unmet', '34'),
        condition('permit', 'one', 'met', 'valid'),
      ],
    }),
    service('housing.public-rental', { outcome: 'undetermined', nextSteps: ['Provide: income.'] }),
  ],
};

describe('an answer as a table', () => {
  const plain = colors.createColors(false);
  const table = evaluationTable(evaluation, 'en', 100, plain);

  it('says of what can be had why, what it is, until when and how to keep it', () => {
    const row = table.slice(table.indexOf('法律援助'), table.indexOf('elderly.allowance'));
    for (const part of ['✓ eligible', 'until 2025-02-28', 'needs permit', 'twelve months', 'endorse it']) {
      expect(row).toContain(part);
    }
    for (const part of ['needs hukou', 'two years']) expect(row).not.toContain(part);
  });

  it('says of what cannot be had each unmet condition once, with what is, and from when it can', () => {
    const row = table.slice(table.indexOf('elderly.allowance'), table.indexOf('housing.public-rental'));
    expect(row.match(/needs age \[34\]/g)).toHaveLength(1);
    expect(row).toContain('from 2030-01-01');
    expect(row).not.toContain('needs permit');
  });

  it('says of the rest what to find out, and counts all', () => {
    expect(table).toContain('Provide: income.');
    expect(table).toContain('✓ eligible 1   ✗ not eligible 1   ? undetermined 1');
  });

  it('has lines of one width, Chinese or not, that fit the terminal', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const lines = evaluationTable(evaluation, language, 100, plain).split('\n').slice(1, -1);
      const widths = new Set(lines.map(displayWidth));
      expect(widths.size).toBe(1);
      expect(Math.max(...widths)).toBeLessThanOrEqual(100);
    }
  });

  it('has colours only when it is given some', () => {
    expect(table).not.toContain('\u001b');
    expect(evaluationTable(evaluation, 'en', 100, colors.createColors(true))).toContain(
      '\u001b[31m✗ not eligible',
    );
  });
});
