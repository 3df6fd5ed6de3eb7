import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stages } from '../../infra/config/stages.ts';
import type { ProductFunctionName } from '../../infra/function-names.ts';
import { tables } from '../../infra/tables.ts';
import { routes } from '../../shared/contract/routes.ts';
import { longestWithoutAnchor } from '../../shared/domain/audit/anchor-watch.ts';
import {
  anchorAgeMetric,
  keyExpiresSoonMetric,
  metricsNamespace,
  problemMetric,
} from '../../shared/observability/measures.ts';
import { propertiesOf, synthesise } from './synthesise.ts';

const functionNames = [
  ...new Set<ProductFunctionName>(routes.map((route) => route.function)),
  'anchor',
  'authorizer',
  'import',
  'stream',
];
const alarmsOf = (stage: (typeof stages)[keyof typeof stages]) =>
  propertiesOf(synthesise(stage).operations, 'AWS::CloudWatch::Alarm');
/** What takes new versions back, and what tells of it. */
const rollBackAlarmsOf = (stage: (typeof stages)[keyof typeof stages]) => [
  ...propertiesOf(synthesise(stage).api, 'AWS::CloudWatch::Alarm'),
  ...propertiesOf(synthesise(stage).operations, 'AWS::CloudWatch::CompositeAlarm'),
];
const runbookOf = (alarm: { AlarmDescription: string }) =>
  / Runbook: (\S+)$/.exec(alarm.AlarmDescription)?.[1];

/** Headings of the second level as GitHub anchors them. */
function headings(): string[] {
  const directory = new URL('../../docs/runbooks/', import.meta.url);
  return readdirSync(directory).flatMap((file) =>
    [...readFileSync(new URL(file, directory), 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading = '']) => {
      const anchor = heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-');
      return `docs/runbooks/${file}#${anchor}`;
    }),
  );
}

describe.each(Object.values(stages))('operations stack of $name', (stage) => {
  const alarms = alarmsOf(stage);
  const { operations } = synthesise(stage);

  it('watches the API, functions, streams, dropped files, tables, decisions, the anchor, third parties, keys and the web ACL', () => {
    expect(alarms).toHaveLength(13 + 2 * functionNames.length + 2 * Object.keys(tables).length);
    const descriptions = alarms.map(({ AlarmDescription }) => AlarmDescription).join('\n');
    for (const name of functionNames) expect(descriptions).toContain(`The ${name} function`);
    for (const name of Object.keys(tables)) expect(descriptions).toContain(`the ${name} table`);
  });

  it('tells operators of every alarm and of its end, by an encrypted topic of this account', () => {
    const topic = [{ Ref: expect.stringMatching(/^AlarmTopic/) }];
    for (const alarm of alarms) {
      // The anchor's age is measured without pause.
      const isAge = alarm.MetricName === anchorAgeMetric;
      expect(alarm).toMatchObject({
        AlarmActions: topic,
        OKActions: topic,
        TreatMissingData: isAge ? 'breaching' : 'notBreaching',
      });
    }
    expect(propertiesOf(operations, 'AWS::SNS::Topic')).toEqual([
      expect.objectContaining({ KmsMasterKeyId: expect.anything() }),
    ]);
  });

  it.each([
    ['Throttles', functionNames],
    // Bad credentials are errors of the authorizer to Lambda: below.
    ['Errors', functionNames.filter((name) => name !== 'authorizer')],
  ] as const)('takes any %s of any version of a function for an alarm', (metric, names) => {
    const found = alarms.filter(
      ({ MetricName, Namespace }) => Namespace === 'AWS/Lambda' && MetricName === metric,
    );
    expect(found).toHaveLength(names.length);
    for (const { Dimensions, Threshold, Statistic } of found) {
      // Without an alias or a version: what Lambda counts of all of them together.
      expect(Dimensions).toEqual([
        { Name: 'FunctionName', Value: { 'Fn::ImportValue': expect.any(String) } },
      ]);
      expect([Threshold, Statistic]).toEqual([0, 'Sum']);
    }
  });

  it('takes slow answers of the API, one in a hundred, for an alarm', () => {
    const slow = alarms.filter((candidate) => runbookOf(candidate)?.endsWith('api.md#slow-answers'));
    expect(slow).toMatchObject([{ MetricName: 'Latency', ExtendedStatistic: 'p99', Threshold: 1_500 }]);
  });

  it('takes bad credentials for no error of the authorizer', () => {
    const errors = alarms.filter(({ AlarmDescription }) =>
      /The authorizer function failed/.test(AlarmDescription),
    );
    expect(errors).toMatchObject([
      {
        Namespace: metricsNamespace,
        MetricName: problemMetric('unavailable'),
        Dimensions: [{ Name: 'service', Value: 'authorizer' }],
      },
    ]);
  });

  it('takes a single decision that is not what it was for an alarm', () => {
    const [alarm] = alarms.filter((candidate) => runbookOf(candidate)?.includes('/decisions.md#'));
    expect(alarm).toMatchObject({
      Namespace: 'PermitEligibility',
      MetricName: 'decision.fault',
      Dimensions: [{ Name: 'service', Value: 'counter' }],
      Statistic: 'Sum',
      Threshold: 0,
      EvaluationPeriods: 1,
    });
  });

  it('takes an audit that is not anchored for an alarm, two hours before reads stop', () => {
    const [alarm, ...others] = alarms.filter((candidate) => runbookOf(candidate)?.includes('/audit.md#'));
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({
      Namespace: metricsNamespace,
      MetricName: anchorAgeMetric,
      Dimensions: [{ Name: 'service', Value: 'anchor' }],
      Statistic: 'Maximum',
      TreatMissingData: 'breaching',
    });
    // The period in which the threshold is passed may not count.
    const latest = alarm.Threshold + (alarm.EvaluationPeriods + 1) * alarm.Period;
    expect(latest * 1_000).toBeLessThanOrEqual(longestWithoutAnchor - 1.5 * 3_600_000);
  });

  it('takes a third party near its budget of persons, or its quota, for an alarm below either', () => {
    const near = alarms.filter((candidate) =>
      /partners.md#a-(budget|quota)-/.test(runbookOf(candidate) ?? ''),
    );
    expect(near).toMatchObject(
      ['persons', 'checks'].map((limited) => ({
        Namespace: 'PermitEligibility',
        MetricName: `partner.near-limit.${limited}`,
        Dimensions: [{ Name: 'service', Value: 'partners' }],
        Threshold: 0,
        EvaluationPeriods: 1,
      })),
    );
  });

  it('takes a key in use that expires soon for an alarm, which does not come and go between nights', () => {
    const expiring = alarms.filter((candidate) => runbookOf(candidate)?.endsWith('#an-api-key-expires-soon'));
    expect(expiring).toMatchObject([
      {
        Namespace: metricsNamespace,
        MetricName: keyExpiresSoonMetric,
        Dimensions: [{ Name: 'service', Value: 'authorizer' }],
        Statistic: 'Sum',
        Period: 86_400,
        Threshold: 0,
        EvaluationPeriods: 1,
      },
    ]);
  });

  it('takes requests near the throttle of its stage for an alarm', () => {
    const { requestsPerSecond } = stage.throttling;
    const [alarm] = alarms.filter((candidate) => runbookOf(candidate)?.endsWith('#near-the-rate-limit'));
    expect(alarm).toMatchObject({ MetricName: 'Count', Statistic: 'Sum', Period: 60 });
    expect(alarm.Threshold).toBeLessThan(requestsPerSecond * 60);
    expect(alarm.Threshold).toBeGreaterThan(requestsPerSecond * 30);
  });

  it('takes changes told late, and any that was given up on, for an alarm', () => {
    const alarmWith = (heading: string) =>
      alarms.find((candidate) => runbookOf(candidate)?.endsWith(`streams.md#${heading}`));
    expect(alarmWith('falling-behind')).toMatchObject({ MetricName: 'IteratorAge', Statistic: 'Maximum' });
    expect(alarmWith('falling-behind').Threshold).toBeLessThan(24 * 3_600_000);
    expect(alarmWith('dead-letters')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 0,
    });
  });

  it('takes a file that waits for more than an hour, and any that was given up on, for an alarm', () => {
    const alarmWith = (heading: string) =>
      alarms.find((candidate) => runbookOf(candidate)?.endsWith(`import.md#${heading}`));
    const ofQueue = (name: RegExp) => [
      { Name: 'QueueName', Value: { 'Fn::ImportValue': expect.stringMatching(name) } },
    ];
    expect(alarmWith('dead-letters')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: ofQueue(/importDeadLetters/),
      Threshold: 0,
    });
    expect(alarmWith('old-messages')).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: ofQueue(/importQueue/),
      Statistic: 'Maximum',
      Threshold: 3_600,
    });
  });

  it('tells operators when any of the alarms takes a new version back', () => {
    const [alarm, ...others] = propertiesOf(operations, 'AWS::CloudWatch::CompositeAlarm');
    expect(others).toEqual([]);
    const topic = [{ Ref: expect.stringMatching(/^AlarmTopic/) }];
    expect(alarm).toMatchObject({ AlarmActions: topic, OKActions: topic });
    const rule: unknown[] = alarm.AlarmRule['Fn::Join'][1];
    const watched = rule.filter((part) => typeof part === 'object');
    expect(watched).toHaveLength(propertiesOf(synthesise(stage).api, 'AWS::CloudWatch::Alarm').length);
    expect(JSON.stringify(rule).match(/ OR /g)).toHaveLength(watched.length - 1);
  });

  it('has one dashboard that shows every alarm', () => {
    const [dashboard, ...others] = propertiesOf(operations, 'AWS::CloudWatch::Dashboard');
    expect(others).toEqual([]);
    const body = JSON.stringify(dashboard.DashboardBody);
    // One of them tells of all that take new versions back.
    expect(body.match(/Alarm[0-9A-F]{8}/g)).toHaveLength(alarms.length + 1);
  });
});

describe('runbooks', () => {
  it('have a heading for every alarm, and no heading without an alarm', () => {
    const linked = new Set(
      [...alarmsOf(stages.prod), ...rollBackAlarmsOf(stages.prod)].map((alarm) => runbookOf(alarm)),
    );
    expect([...linked].sort()).toEqual(headings().sort());
    expect(linked.size).toBeGreaterThan(5);
  });

  it('are named in the description of every alarm', () => {
    const descriptions: string[] = [
      ...alarmsOf(stages['prod-cn']),
      ...rollBackAlarmsOf(stages['prod-cn']),
    ].map(({ AlarmDescription }) => AlarmDescription);
    for (const description of descriptions) {
      expect(description).toMatch(/\. Runbook: docs\/runbooks\/[a-z-]+\.md#[a-z-]+$/);
    }
  });
});
