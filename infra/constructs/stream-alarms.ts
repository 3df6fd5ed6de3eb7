import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { runbooks } from '../config/runbooks.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

export interface StreamAlarmsProps {
  readonly name: string;
  readonly function: IFunction;
  readonly deadLetters: IQueue;
  readonly topic: ITopic;
}

/** A stream forgets after 24 hours; this leaves most of a day to mend what holds it up. */
const lateMilliseconds = 5 * 60 * 1000;

/** What becomes of changes after they were written: told late, or given up on. */
export class StreamAlarms extends Construct {
  constructor(scope: Construct, id: string, props: StreamAlarmsProps) {
    super(scope, id);
    const { name, topic } = props;
    const period = Duration.minutes(5);
    new RunbookAlarm(this, 'FallingBehind', {
      summary: `The ${name} function is more than ${lateMilliseconds / 60_000} minutes behind the changes of a table.`,
      runbook: runbooks.streamFallingBehind,
      topic,
      metric: props.function.metric('IteratorAge', { period, statistic: 'Maximum' }),
      threshold: lateMilliseconds,
      evaluationPeriods: 2,
    });
    new RunbookAlarm(this, 'DeadLetters', {
      summary: `The ${name} function gave up on changes of a table.`,
      runbook: runbooks.streamDeadLetters,
      topic,
      metric: props.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      threshold: 0,
      evaluationPeriods: 1,
    });
  }
}
