import { RegionInfo } from 'aws-cdk-lib/region-info';
import { describe, expect, it } from 'vitest';
import { stageNamed, stages } from '../../infra/config/stages.ts';
import { propertiesOf, resourcesOf, stackNames, synthesise } from './synthesise.ts';

describe('stages', () => {
  it.each(Object.values(stages))('$name lies in a region of its partition', ({ region, partition }) => {
    expect(RegionInfo.get(region).partition).toBe(partition);
  });

  it.each(Object.values(stages))('$name keeps its logs for at least 180 days', ({ logRetention }) => {
    expect(logRetention).toBeGreaterThanOrEqual(180);
  });

  it('are found by name, and dev without one', () => {
    expect(stageNamed('prod-cn')).toBe(stages['prod-cn']);
    expect(stageNamed(undefined)).toBe(stages.dev);
  });

  it.each(['staging', '', 'toString', 7])('refuse the unknown name %j and say which there are', (name) => {
    expect(() => stageNamed(name)).toThrow(/^There is no stage .*Choose one: dev, prod, prod-cn\.$/);
  });
});

const china = synthesise(stages['prod-cn']);
const text = stackNames.map((stack) => JSON.stringify(china[stack].toJSON())).join('\n');

describe('templates for the China partition', () => {
  it('name their own partition and never the other', () => {
    expect(text).toContain('arn:aws-cn:');
    expect(text).not.toContain('arn:aws:');
    expect(text).not.toMatch(/amazonaws\.com\/(?!\.cn)/);
  });

  it('use nothing that China lacks: no Cognito, no edge endpoints or CloudFront, no SnapStart, no SAR or layers', () => {
    expect(text).not.toMatch(/Cognito|CloudFront|SnapStart|"EDGE"|AWS::Serverless/i);
    for (const properties of propertiesOf(china.api, 'AWS::Lambda::Function')) {
      expect(properties).not.toHaveProperty('Layers');
      expect(properties).not.toHaveProperty('SnapStart');
    }
  });

  it('let CloudWatch Logs of that region use the log key, for the logs of this account only', () => {
    const [key] = propertiesOf(china.api, 'AWS::KMS::Key');
    const logs = key.KeyPolicy.Statement.find(({ Sid }: { Sid?: string }) => Sid === 'CloudWatchLogs');
    expect(logs.Principal.Service).toEqual({
      'Fn::Join': ['', ['logs.cn-northwest-1.', { Ref: 'AWS::URLSuffix' }]],
    });
    expect(logs.Condition.ArnLike['kms:EncryptionContext:aws:logs:arn']).toEqual({
      'Fn::Join': ['', ['arn:aws-cn:logs:cn-northwest-1:', { Ref: 'AWS::AccountId' }, ':log-group:*']],
    });
  });

  it('are made of the same resources as those of production elsewhere', () => {
    const kinds = (stage: typeof china) =>
      stackNames.flatMap((stack) => Object.values(resourcesOf(stage[stack])).map(({ Type }) => Type)).sort();
    expect(kinds(china)).toEqual(kinds(synthesise(stages.prod)));
  });
});
