import { describe, expect, it } from 'vitest';
import { stages } from '../../infra/config/stages.ts';
import { limits } from '../../shared/contract/limits.ts';
import { methodsOf } from './methods.ts';
import { propertiesOf, resourcesOf, synthesise } from './synthesise.ts';

/** What WAF can read of a body before API Gateway, at most. */
const readableBytes = 65_536;
const windowSeconds = 300;

describe.each(Object.values(stages))('the web ACL of $name', (stage) => {
  const { api, operations } = synthesise(stage);
  const [acl, ...others] = propertiesOf(api, 'AWS::WAFv2::WebACL');
  const rule = (name: string) => acl.Rules.find(({ Name }: { Name: string }) => Name === name);

  it('is one, of this region, before the stage of the API', () => {
    expect(others).toEqual([]);
    expect(acl.Scope).toBe('REGIONAL');
    const [id] = Object.keys(resourcesOf(api, 'AWS::WAFv2::WebACL'));
    const [association, ...more] = propertiesOf(api, 'AWS::WAFv2::WebACLAssociation');
    expect(more).toEqual([]);
    expect(association.WebACLArn).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
    const arn = JSON.stringify(association.ResourceArn);
    expect(arn).toContain(`arn:${stage.partition}:apigateway:${stage.region}::/restapis/`);
    expect(arn).toContain('/stages/');
  });

  it('lets in what no rule is about, and what one is about as the stage says', () => {
    expect(acl.DefaultAction).toEqual({ Allow: {} });
    expect(acl.Rules).toHaveLength(2);
    for (const { Action } of acl.Rules) {
      expect(Action).toEqual(stage.webAcl.mode === 'block' ? { Block: {} } : { Count: {} });
    }
    expect(stage.webAcl.mode === 'block').toBe(stage.keepData);
  });

  it('leaves one address a part of the API only, and an office of a thousand enough', () => {
    const { RateBasedStatement } = rule('requests-per-address').Statement;
    // No other window than WAF's own of five minutes.
    expect(RateBasedStatement).toEqual({ AggregateKeyType: 'IP', Limit: stage.webAcl.requestsPerAddress });
    const ofAll = stage.throttling.requestsPerSecond * windowSeconds;
    expect(RateBasedStatement.Limit).toBeLessThanOrEqual(ofAll / 5);
    // Each of them a request in ten seconds, all the time.
    if (stage.keepData) expect(RateBasedStatement.Limit).toBeGreaterThanOrEqual((1_000 * windowSeconds) / 10);
  });

  it('keeps out no method that the API has', () => {
    const statements: { ByteMatchStatement: { SearchString: string } }[] =
      rule('unknown-methods').Statement.NotStatement.Statement.OrStatement.Statements;
    const known = statements.map(({ ByteMatchStatement }) => ByteMatchStatement.SearchString);
    const used = [...methodsOf(api).keys()].map((key) => key.split(' ')[0]!);
    expect(known).toEqual(expect.arrayContaining([...new Set(used)].filter((method) => method !== 'ANY')));
    // Answered by the function of the path, with what it has instead.
    expect(known).toEqual(expect.arrayContaining(['HEAD', 'OPTIONS', 'PATCH']));
    expect(known).not.toContain('TRACE');
  });

  it('looks at no body, since it could not see all that a body may hold', () => {
    expect(limits.bodyBytes).toBeGreaterThan(readableBytes);
    expect(JSON.stringify(acl.Rules)).not.toMatch(/"(Json)?Body"/);
  });

  it('uses none of the managed rules, which may not be had in every region', () => {
    expect(JSON.stringify(acl.Rules)).not.toMatch(/ManagedRuleGroup|RuleGroupReference/);
  });

  it('keeps nothing of who asks: no log, no samples', () => {
    expect(resourcesOf(api, 'AWS::WAFv2::LoggingConfiguration')).toEqual({});
    for (const { VisibilityConfig } of [acl, ...acl.Rules]) {
      expect(VisibilityConfig).toMatchObject({
        SampledRequestsEnabled: false,
        CloudWatchMetricsEnabled: true,
      });
    }
  });

  it('tells operators of an address over its limit by the metric of that rule', () => {
    const alarms = propertiesOf(operations, 'AWS::CloudWatch::Alarm').filter(
      ({ Namespace }) => Namespace === 'AWS/WAFV2',
    );
    expect(alarms).toMatchObject([
      {
        MetricName: stage.webAcl.mode === 'block' ? 'BlockedRequests' : 'CountedRequests',
        Threshold: 0,
        Dimensions: expect.arrayContaining([
          { Name: 'Rule', Value: rule('requests-per-address').VisibilityConfig.MetricName },
          { Name: 'WebACL', Value: acl.VisibilityConfig.MetricName },
          { Name: 'Region', Value: stage.region },
        ]),
      },
    ]);
  });
});
