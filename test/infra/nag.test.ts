import { Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { stages } from '../../infra/config/stages.ts';
import { makeStacks } from './synthesise.ts';

function checkedStacks(stage: (typeof stages)[keyof typeof stages]) {
  const stacks = makeStacks(stage);
  Validations.of(stacks.app).addPlugins(new AwsSolutionsChecks(stacks.app));
  return stacks;
}

describe('AwsSolutions rules', () => {
  it.each(Object.values(stages))(
    'find nothing in $name that is not acknowledged with its reason',
    (stage) => {
      const { app } = checkedStacks(stage);
      expect(() => app.synth()).not.toThrow();
    },
  );

  it('would find what is wrong', () => {
    const { app, operations } = checkedStacks(stages.dev);
    new Topic(operations, 'Unencrypted');
    expect(() => app.synth()).toThrow();
  });
});
