import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { stages } from '../../infra/config/stages.ts';
import { makeStacks } from './synthesise.ts';

describe('AwsSolutions rules', () => {
  it.each(Object.values(stages))('find nothing in $name that is not acknowledged with a reason', (stage) => {
    const { app } = makeStacks(stage);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
    expect(() => app.synth()).not.toThrow();
  });
});
