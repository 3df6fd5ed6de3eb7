import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { StageConfig } from '../../infra/config/stage-config.ts';
import { inMemoryStacks } from '../../infra/in-memory-stacks.ts';

export interface SynthesisedStage {
  readonly stage: StageConfig;
  readonly data: Template;
  readonly api: Template;
  readonly background: Template;
  readonly operations: Template;
}

/** A stack of its own for what a test builds, which CloudFormation's rules, seconds to load, need not go through. */
export function bareStack(props: StackProps = {}): Stack {
  return new Stack(new App({ builtinCloudFormationValidation: false }), 'stack', props);
}

const synthesised = new Map<string, SynthesisedStage>();

/** The templates of a stage, made once a test file. */
export function synthesise(stage: StageConfig): SynthesisedStage {
  const known = synthesised.get(stage.name);
  if (known) return known;
  const { data, api, background, operations } = inMemoryStacks(stage);
  const template = (stack: Stack) => Template.fromStack(stack);
  const result = {
    stage,
    data: template(data),
    api: template(api),
    background: template(background),
    operations: template(operations),
  };
  synthesised.set(stage.name, result);
  return result;
}

export const stackNames = ['data', 'api', 'background', 'operations'] as const;

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties differ by type and are what the tests look into.
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A template's resources by logical id; those of one type, when one is named. */
export function resourcesOf(template: Template, type?: string): Record<string, Resource> {
  const resources = Object.entries(template.toJSON().Resources as Record<string, Resource>);
  return Object.fromEntries(resources.filter(([, resource]) => type === undefined || resource.Type === type));
}

/**
 * The properties of a template's resources of one type. CDK's own assertions throw, which no test runner
 * counts; these are looked into with `expect`.
 */
export function propertiesOf(template: Template, type: string): Resource['Properties'][] {
  return Object.values(resourcesOf(template, type)).map((resource) => resource.Properties);
}
