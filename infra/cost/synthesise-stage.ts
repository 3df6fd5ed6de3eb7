import { Template } from 'aws-cdk-lib/assertions';
import type { StageConfig } from '../config/stage-config.ts';
import { inMemoryStacks } from '../in-memory-stacks.ts';
import type { StackTemplate } from './inventory.ts';

/** The templates of a stage, without its bundles: none of what is paid for depends on them. */
export function synthesiseStage(stage: StageConfig): StackTemplate[] {
  const { app: _, ...stacks } = inMemoryStacks(stage);
  return Object.values(stacks).map((stack) => Template.fromStack(stack).toJSON() as StackTemplate);
}
