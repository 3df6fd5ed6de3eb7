import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, it } from 'vitest';
import { functionNames } from '../../infra/bundling.ts';
import type { StageConfig } from '../../infra/config/stage-config.ts';
import { stages } from '../../infra/config/stages.ts';
import { inMemoryStacks } from '../../infra/in-memory-stacks.ts';
import { resourcesOf, stackNames, synthesise } from './synthesise.ts';

// These bundle, or load CloudFormation's rules: seconds on a machine at rest, far more on a busy one.
const patience = { timeout: 120_000 };

describe('the app that cdk.json names', patience, () => {
  const root = new URL('../../', import.meta.url);
  const outputs: string[] = [];

  afterAll(() => {
    for (const output of outputs) rmSync(output, { recursive: true, force: true });
  });

  /** Runs it as `cdk synth` would, with nothing of an account in its environment, and gives where it wrote. */
  function runApp(stage: string): string {
    const { context } = JSON.parse(readFileSync(new URL('cdk.json', root), 'utf8'));
    const output = mkdtempSync(join(tmpdir(), 'synthesis-'));
    outputs.push(output);
    execFileSync(process.execPath, ['infra/app.ts'], {
      cwd: root,
      stdio: 'pipe',
      env: {
        CDK_OUTDIR: output,
        CDK_CONTEXT_JSON: JSON.stringify({ ...context, stage, bundles: 'once' }),
        // CloudFormation's own rules are gone through below, where they are loaded once.
        CDK_VALIDATION: 'false',
      },
    });
    return output;
  }

  it('bundles the functions without an account or Docker', async () => {
    const output = runApp('prod-cn');
    const template = readFileSync(join(output, 'api.template.json'), 'utf8');
    expect(template).toContain('permit-eligibility prod-cn: eligibility');
    const bundles = readdirSync(output)
      .filter((name) => name.startsWith('asset.'))
      .map((name) => readdirSync(join(output, name)).sort());
    const names = await functionNames();
    expect(names).toContain('stream');
    expect(bundles).toHaveLength(names.length);
    for (const files of bundles)
      expect(files).toEqual(expect.arrayContaining(['handler.mjs', 'handler.mjs.map']));
  });
});

describe("CloudFormation's and the AwsSolutions rules", patience, () => {
  function checkedStacks(stage: StageConfig) {
    const stacks = inMemoryStacks(stage, { validated: true });
    Validations.of(stacks.app).addPlugins(new AwsSolutionsChecks(stacks.app));
    return stacks;
  }

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
    expect(() => app.synth()).toThrow(/AwsSolutions-SNS3/);
  });
});

describe('two stages in one account and region', patience, () => {
  /** Names that are told apart by what they are in: a role, a function, an API. */
  const withinAnother = ['AWS::IAM::Policy', 'AWS::Lambda::Alias', 'AWS::ApiGateway::Authorizer'];
  const resourcesNamed = (stage: StageConfig) =>
    stackNames
      .flatMap((stack) => Object.values(resourcesOf(synthesise(stage)[stack])))
      .filter(({ Type }) => !withinAnother.includes(Type))
      .flatMap(({ Type, Properties = {} }) => {
        // `DashboardName` of a Dashboard, `AlarmName` of a CompositeAlarm, `Name`: not what it names of others.
        const own = (property: string) =>
          /Name$/.test(property) && Type.endsWith(property.slice(0, -'Name'.length));
        const names = Object.entries(Properties).filter(
          ([property, name]) => own(property) && typeof name === 'string',
        );
        return names.map(([, name]) => `${Type} ${name}`);
      });

  it('give nothing the same name', () => {
    const ofDev = resourcesNamed(stages.dev);
    expect(ofDev).toContain('AWS::CloudWatch::CompositeAlarm permit-eligibility-dev-new-version-taken-back');
    expect(ofDev).toContain('AWS::CloudWatch::Dashboard permit-eligibility-dev');
    const ofProduction = new Set(resourcesNamed(stages.prod));
    expect(ofDev.filter((name) => ofProduction.has(name))).toEqual([]);
  });
});

describe('synthesis', () => {
  it('gives equal templates for equal sources', () => {
    const templates = () => {
      const assembly = inMemoryStacks(stages['prod-cn']).app.synth();
      return JSON.stringify(assembly.stacks.map(({ stackName, template }) => [stackName, template]));
    };
    const first = templates();
    expect(templates()).toBe(first);
    expect(first).toContain('permit-eligibility-prod-cn-operations');
  });
});
