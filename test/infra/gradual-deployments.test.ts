import { describe, expect, it } from 'vitest';
import { stages } from '../../infra/config/stages.ts';
import { problems } from '../../shared/contract/problems.ts';
import { problemMetric, problemsByVersion } from '../../shared/observability/measures.ts';
import { propertiesOf, type Resource, resourcesOf, stackNames, synthesise } from './synthesise.ts';

type Found = Resource & { readonly DependsOn?: readonly string[]; readonly UpdatePolicy?: unknown };

interface MetricQuery {
  readonly MetricStat?: {
    readonly Period: number;
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions: readonly unknown[];
    };
  };
}

const configs = {
  dev: 'CodeDeployDefault.LambdaAllAtOnce',
  prod: 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
  'prod-cn': 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
} as const;

describe.each(Object.values(stages))('new versions in $name', (stage) => {
  const { api, background } = synthesise(stage);
  const only = (type: string, name: string): readonly [string, Found] => {
    const [found, ...others] = Object.entries(resourcesOf(api, type)).filter(([id]) => id.startsWith(name));
    expect([name, others]).toEqual([name, []]);
    return found as [string, Found];
  };
  const functions = Object.keys(resourcesOf(api, 'AWS::Lambda::Function'));
  const names = functions.map((id) => id.slice(0, id.indexOf('Function')));
  const alarmsOf = (name: string) => [
    only('AWS::CloudWatch::Alarm', `${name}NewVersionFails`),
    only('AWS::CloudWatch::Alarm', `${name}NewVersionIsSlow`),
  ];

  it.each(names)('of %s are published, called by the alias alone, and moved to as the stage says', (name) => {
    const [functionId] = only('AWS::Lambda::Function', `${name}Function`);
    const [versionId, version] = only('AWS::Lambda::Version', `${name}Function`);
    const [aliasId, alias] = only('AWS::Lambda::Alias', `${name}Live`);
    const [groupId, group] = only('AWS::CodeDeploy::DeploymentGroup', `Deployments${name}`);
    const [applicationId] = only('AWS::CodeDeploy::Application', 'Deployments');
    expect(version.Properties.FunctionName).toEqual({ Ref: functionId });
    // CloudFormation could not publish again what it had to keep.
    expect(version.DeletionPolicy ?? 'Delete').toBe('Delete');
    expect(alias.Properties).toMatchObject({
      Name: 'live',
      FunctionName: { Ref: functionId },
      FunctionVersion: { 'Fn::GetAtt': [versionId, 'Version'] },
    });
    expect(alias.UpdatePolicy).toEqual({
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: { Ref: applicationId },
        DeploymentGroupName: { Ref: groupId },
      },
    });
    expect(group.Properties).toMatchObject({
      DeploymentConfigName: configs[stage.name],
      DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: expect.arrayContaining(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']),
      },
      AlarmConfiguration: {
        Enabled: true,
        Alarms: alarmsOf(name).map(([id]) => ({ Name: { Ref: id } })),
      },
    });
    // What may call it calls the alias: a right to the function itself would be one to code that was never tried.
    const callers = propertiesOf(api, 'AWS::Lambda::Permission').map(({ FunctionName }) => FunctionName);
    expect(callers.filter((called) => JSON.stringify(called).includes(`"${functionId}"`))).toEqual([]);
    expect(callers).toContainEqual({ Ref: aliasId });
  });

  it.each(names)('of %s are watched by themselves, before they are asked anything', (name) => {
    const [versionId] = only('AWS::Lambda::Version', `${name}Function`);
    const ofVersion = { 'Fn::GetAtt': [versionId, 'Version'] };
    const [[failsId, fails], [slowId, slow]] = alarmsOf(name) as [[string, Found], [string, Found]];
    const metrics: MetricQuery[] = fails.Properties.Metrics;
    const counted = metrics.filter((query): query is Required<MetricQuery> => query.MetricStat !== undefined);
    for (const { MetricStat } of counted) {
      expect(MetricStat.Metric.Dimensions).toContainEqual({
        Name: MetricStat.Metric.Namespace === 'AWS/Lambda' ? 'ExecutedVersion' : 'version',
        Value: ofVersion,
      });
    }
    const problemsCounted = counted
      .map(({ MetricStat }) => MetricStat.Metric.MetricName)
      .filter((metric) => metric.startsWith('problem.'));
    expect(problemsCounted).toEqual(
      name === 'authorizer' ? ['problem.unauthorized'] : ['problem.internal-error', 'problem.unavailable'],
    );
    expect(problemsByVersion.map(problemMetric)).toEqual(expect.arrayContaining(problemsCounted));
    expect(slow.Properties.Dimensions).toContainEqual({ Name: 'ExecutedVersion', Value: ofVersion });
    expect(slow.Properties).toMatchObject({ MetricName: 'Duration', ExtendedStatistic: 'p99' });
    const [, alias] = only('AWS::Lambda::Alias', `${name}Live`);
    expect(alias.DependsOn).toEqual(
      expect.arrayContaining([failsId, slowId, expect.stringMatching(/^DeploymentsPolicy/)]),
    );
  });

  it('are taken back while they still have one request in ten', () => {
    const { rollout } = stage;
    const minutes = rollout === 'all-at-once' ? Number.POSITIVE_INFINITY : rollout.canaryMinutes;
    const alarms = propertiesOf(api, 'AWS::CloudWatch::Alarm');
    expect(alarms).toHaveLength(2 * names.length);
    for (const { Period, Metrics, EvaluationPeriods } of alarms) {
      const seconds = Period ?? Metrics.find(({ MetricStat }: MetricQuery) => MetricStat).MetricStat.Period;
      // What is measured is there a minute or two late.
      expect(EvaluationPeriods * seconds + 120).toBeLessThan(minutes * 60);
    }
  });

  it('of functions that nobody waits for take over at once', () => {
    expect(propertiesOf(background, 'AWS::Lambda::Alias')).toEqual([]);
  });

  it('leave room in every stack: CloudFormation takes 500 resources', () => {
    for (const name of stackNames) {
      expect(Object.keys(resourcesOf(synthesise(stage)[name])).length).toBeLessThan(450);
    }
  });
});

describe('the problems that are counted by version', () => {
  it('are of the catalogue', () => {
    expect(Object.keys(problems)).toEqual(expect.arrayContaining([...problemsByVersion]));
  });
});
