import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { runbooks } from '../config/runbooks.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

export interface FunctionAlarmsProps {
  readonly name: string;
  readonly function: IFunction;
  readonly topic: ITopic;
  /** What counts as its errors, five minutes at a time; every error it ends with, when absent. */
  readonly errors?: IMetric;
}

/** What a function cannot tell its caller itself: that it crashed, ran out of time, or was not let run. */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, props: FunctionAlarmsProps) {
    super(scope, id);
    const { name, topic } = props;
    const options = { period: Duration.minutes(5), statistic: 'Sum' };
    new RunbookAlarm(this, 'Errors', {
      summary: `The ${name} function failed without an answer of its own.`,
      runbook: runbooks.functionErrors,
      topic,
      metric: props.errors ?? props.function.metricErrors(options),
      threshold: 0,
      evaluationPeriods: 1,
    });
    new RunbookAlarm(this, 'Throttles', {
      summary: `The ${name} function was not let run: its concurrency is used up.`,
      runbook: runbooks.functionThrottles,
      topic,
      metric: props.function.metricThrottles(options),
      threshold: 0,
      evaluationPeriods: 1,
    });
  }
}
