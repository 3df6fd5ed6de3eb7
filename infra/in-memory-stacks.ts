import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { StageConfig } from './config/stage-config.ts';
import { addProductStacks, type ProductStacks, type ProductStacksProps } from './product-stacks.ts';

export interface InMemoryStacksOptions extends Pick<ProductStacksProps, 'routes'> {
  /** Go through CloudFormation's own rules as well. To load them takes seconds, and once for all stages is enough. */
  readonly validated?: boolean;
}

/**
 * The product's stacks with a line of code instead of the bundles, which no template shows more of than a hash: for whoever
 * looks into templates and deploys nothing.
 */
export function inMemoryStacks(
  stage: StageConfig,
  { validated = false, ...more }: InMemoryStacksOptions = {},
): ProductStacks & { readonly app: App } {
  // The feature flags `cdk synth` runs with: other flags make other templates.
  const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as {
    readonly context: Record<string, unknown>;
  };
  const app = new App({
    // In memory, what validation finds is thrown and not printed.
    context: { ...context, '@aws-cdk/core:appMode': 'inmemory' },
    analyticsReporting: false,
    builtinCloudFormationValidation: validated,
  });
  const stacks = addProductStacks(app, { stage, codeOf: () => Code.fromInline('export {};'), ...more });
  return { app, ...stacks };
}
