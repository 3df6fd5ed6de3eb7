import { describe, expect, it } from 'vitest';
import { functionNames } from '../../infra/bundling.ts';
import { checkConcurrency } from '../../infra/config/check-concurrency.ts';
import type { StageConfig } from '../../infra/config/stage-config.ts';
import { stages } from '../../infra/config/stages.ts';
import { inMemoryStacks } from '../../infra/in-memory-stacks.ts';
import { propertiesOf, stackNames, synthesise } from './synthesise.ts';

/** Lambda keeps so many from being set aside. */
const keptFree = 100;

describe.each(Object.values(stages))('what is set aside of the concurrency of $name', (stage) => {
  const functions = stackNames.flatMap((name) =>
    propertiesOf(synthesise(stage)[name], 'AWS::Lambda::Function'),
  );
  const reserved: number[] = functions.flatMap(
    ({ ReservedConcurrentExecutions }) => ReservedConcurrentExecutions ?? [],
  );

  it('leaves a hundred of the account', () => {
    const sum = reserved.reduce((total, each) => total + each, 0);
    expect(sum).toBeLessThanOrEqual(stage.accountConcurrency - keptFree);
  });

  it('is something for every function in production, where none may starve another', async () => {
    expect(reserved).toHaveLength(stage.keepData ? (await functionNames()).length : 0);
    for (const each of reserved) expect(each).toBeGreaterThan(0);
  });
});

describe('a stage that sets aside', () => {
  const stage = (eligibility: number): StageConfig => ({
    ...stages.dev,
    accountConcurrency: 200,
    reservedConcurrency: { eligibility },
  });

  it('as much as leaves a hundred is taken', () => {
    expect(() => checkConcurrency(stage(100))).not.toThrow();
  });

  it('one more is refused at synthesis, not by Lambda in the middle of a deployment', () => {
    expect(() => inMemoryStacks(stage(101))).toThrow(
      'dev sets aside 101 concurrent executions of 200: 100 must be left.',
    );
  });
});
