import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { runbooks } from '../config/runbooks.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { WebAcl } from './web-acl.ts';

export interface ApiAlarmsProps {
  readonly restApi: RestApi;
  readonly webAcl: Pick<WebAcl, 'metricOfAddresses'>;
  readonly stage: StageConfig;
  readonly topic: ITopic;
}

/** Callers wait longer than this at most once in a hundred requests; what they wait is mostly a cold start. */
const slowMilliseconds = 1500;
const toleratedErrorShare = 0.01;
/** Alarm while there is still room to raise the limit. */
const rateLimitShare = 0.8;

/** What callers see of the API as a whole: errors, waiting, how near the throttle is, and who is kept out. */
export class ApiAlarms extends Construct {
  readonly requests: Metric;
  readonly errorShare: Metric;
  readonly latency: Metric;

  constructor(scope: Construct, id: string, { restApi, webAcl, stage, topic }: ApiAlarmsProps) {
    super(scope, id);
    const { deploymentStage } = restApi;
    const minute = Duration.minutes(1);
    const fiveMinutes = Duration.minutes(5);
    this.requests = deploymentStage.metricCount({ period: minute, statistic: 'Sum' });
    this.errorShare = deploymentStage.metricServerError({
      period: fiveMinutes,
      statistic: 'Average',
    });
    this.latency = deploymentStage.metricLatency({ period: fiveMinutes, statistic: 'p99' });

    new RunbookAlarm(this, 'ServerErrors', {
      summary: 'More than 1 % of the answers of the API were 5xx for ten minutes.',
      runbook: runbooks.apiServerErrors,
      topic,
      metric: this.errorShare,
      threshold: toleratedErrorShare,
      evaluationPeriods: 2,
    });
    new RunbookAlarm(this, 'SlowAnswers', {
      summary: `One request in a hundred took longer than ${slowMilliseconds} ms for a quarter of an hour.`,
      runbook: runbooks.apiSlowAnswers,
      topic,
      metric: this.latency,
      threshold: slowMilliseconds,
      evaluationPeriods: 3,
    });
    new RunbookAlarm(this, 'NearRateLimit', {
      summary: 'The API was asked at more than 80 % of the rate it lets through, for three minutes.',
      runbook: runbooks.apiNearRateLimit,
      topic,
      metric: this.requests,
      threshold: stage.throttling.requestsPerSecond * minute.toSeconds() * rateLimitShare,
      evaluationPeriods: 3,
    });
    new RunbookAlarm(this, 'AddressOverLimit', {
      summary: `One address asked more than ${stage.webAcl.requestsPerAddress} times in five minutes.`,
      runbook: runbooks.apiAddressOverLimit,
      topic,
      metric: webAcl.metricOfAddresses(fiveMinutes),
      threshold: 0,
      evaluationPeriods: 1,
    });
  }
}
