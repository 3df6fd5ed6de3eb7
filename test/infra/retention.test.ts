import { describe, expect, it } from 'vitest';
import { stages } from '../../infra/config/stages.ts';
import { tables } from '../../infra/tables.ts';
import { propertiesOf, stackNames, synthesise } from './synthesise.ts';

/** 网络安全法 art. 21 (3): at least six months. */
const logDays = 180;

describe.each(Object.values(stages))('what $name keeps', (stage) => {
  const templates = synthesise(stage);

  it('are logs for six months at least, each under a key', () => {
    const groups = stackNames.flatMap((name) => propertiesOf(templates[name], 'AWS::Logs::LogGroup'));
    expect(groups.length).toBeGreaterThan(5);
    for (const { RetentionInDays, KmsKeyId } of groups) {
      expect(RetentionInDays).toBeGreaterThanOrEqual(logDays);
      expect(KmsKeyId).toBeDefined();
    }
  });

  it('no function logs to a group that Lambda would make by itself, which keeps for ever', () => {
    const functions = stackNames.flatMap((name) => propertiesOf(templates[name], 'AWS::Lambda::Function'));
    expect(functions.length).toBeGreaterThan(5);
    for (const { LoggingConfig } of functions) expect(LoggingConfig?.LogGroup).toHaveProperty('Ref');
  });

  it('are decisions until their time is over, and the audit for good', () => {
    const byLogicalName = Object.keys(tables);
    const found = propertiesOf(templates.data, 'AWS::DynamoDB::Table');
    const timeToLive = (name: string) => found[byLogicalName.indexOf(name)]?.TimeToLiveSpecification;
    expect(timeToLive('decisions')).toEqual({ AttributeName: 'expiresAt', Enabled: true });
    expect(timeToLive('audit')).toBeUndefined();
  });
});
