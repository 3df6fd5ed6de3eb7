import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stages } from '../../infra/config/stages.ts';
import { costPage } from '../../infra/cost/cost-page.ts';
import { inventoryOf, type StackTemplate } from '../../infra/cost/inventory.ts';
import { pricedStages } from '../../infra/cost/priced-stages.ts';
import { stackNames, synthesise } from './synthesise.ts';

describe('docs/costs.md', () => {
  // Here, as in the other files, and not within a test: synthesis takes seconds, unless another file has had it done.
  const priced = pricedStages.map((name) => {
    const templates = synthesise(stages[name]);
    const inventory = inventoryOf(stackNames.map((stack) => templates[stack].toJSON() as StackTemplate));
    return { stage: stages[name], inventory };
  });

  it('is what npm run cost writes', () => {
    const committed = readFileSync(new URL('../../docs/costs.md', import.meta.url), 'utf8');
    // By lines, so that a difference shows itself and not the whole page. Written anew by: npm run cost.
    expect(committed.split('\n')).toEqual(costPage(priced).split('\n'));
  });

  it('counts what the templates have', () => {
    const { functions, tables, logRetentionDays, keys } = priced[0]!.inventory;
    expect(Object.keys(functions)).toEqual(expect.arrayContaining(['counter', 'stream', 'anchor', 'import']));
    expect(functions.counter).toEqual({
      name: 'counter',
      memoryMegabytes: 1024,
      architecture: 'arm64',
      timeoutSeconds: 10,
    });
    expect(tables).toEqual({ count: 5, withStream: 3, restorable: 5 });
    expect(logRetentionDays.length).toBeGreaterThan(Object.keys(functions).length - 1);
    expect(keys.count).toBeGreaterThan(keys.rotated);
  });
});
