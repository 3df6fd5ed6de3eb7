import { describe, expect, it } from 'vitest';
import { inventoryOf, UnpricedResource } from '../../../infra/cost/inventory.ts';

const of = (Type: string, Properties: object = {}) => ({ Resources: { One: { Type, Properties } } });

describe('what templates have', () => {
  it.each([
    ['a type that nobody has priced', of('AWS::EC2::NatGateway'), /AWS::EC2::NatGateway/],
    [
      'a table with provisioned capacity',
      of('AWS::DynamoDB::Table', { BillingMode: 'PROVISIONED' }),
      /table/,
    ],
    ['a cache of the API', of('AWS::ApiGateway::Stage', { CacheClusterEnabled: true }), /cache/],
    [
      'a function that is kept started',
      of('AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } }),
      /started/,
    ],
    ['a function without a name', of('AWS::Lambda::Function', { Description: 'something' }), /name/],
  ])('is not told while there is %s', (_, template, message) => {
    expect(() => inventoryOf([template])).toThrow(UnpricedResource);
    expect(() => inventoryOf([template])).toThrow(message);
  });

  it('counts each metric of an alarm on a formula, and not the formula', () => {
    const formula = { Metrics: [{ Expression: 'a / b' }, { MetricStat: {} }, { MetricStat: {} }] };
    const templates = [
      of('AWS::CloudWatch::Alarm', formula),
      of('AWS::CloudWatch::Alarm', { MetricName: 'x' }),
    ];
    expect(inventoryOf(templates).alarmMetrics).toBe(3);
  });

  it('adds up the rules of web ACLs', () => {
    expect(inventoryOf([of('AWS::WAFv2::WebACL', { Rules: [{}, {}] })])).toMatchObject({
      webAcls: 1,
      webAclRules: 2,
    });
  });
});
