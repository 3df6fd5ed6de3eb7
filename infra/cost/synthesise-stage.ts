import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { StageConfig } from '../config/stage-config.ts';
import { addProductStacks } from '../product-stacks.ts';
import type { StackTemplate } from './inventory.ts';

/** The templates of a stage, with a line of code instead of the bundles: none of what is paid for depends on them. */
export function synthesiseStage(stage: StageConfig): StackTemplate[] {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as {
    readonly context: Record<string, unknown>;
  };
  const app = new App({
    context: { ...context, '@aws-cdk/core:appMode': 'inmemory' },
    analyticsReporting: false,
  });
  const stacks = addProductStacks(app, { stage, codeOf: () => Code.fromInline('export {};') });
  return Object.values(stacks).map((stack) => Template.fromStack(stack).toJSON() as StackTemplate);
}
