import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { runbooks } from '../config/runbooks.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

export interface ImportAlarmsProps {
  readonly name: string;
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
  readonly topic: ITopic;
}

/** A run takes a quarter of an hour at most, and a file that needs more runs has a message for each. */
const oldSeconds = 3_600;

/** What becomes of files after they were dropped: imported late, or given up on. */
export class ImportAlarms extends Construct {
  constructor(scope: Construct, id: string, { name, queue, deadLetters, topic }: ImportAlarmsProps) {
    super(scope, id);
    const options = { period: Duration.minutes(5), statistic: 'Maximum' };
    new RunbookAlarm(this, 'DeadLetters', {
      summary: `The ${name} function gave up on a file that a bureau dropped.`,
      runbook: runbooks.importDeadLetters,
      topic,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible(options),
      threshold: 0,
      evaluationPeriods: 1,
    });
    new RunbookAlarm(this, 'OldMessages', {
      summary: `A file that a bureau dropped has waited for the ${name} function for more than an hour.`,
      runbook: runbooks.importOldMessages,
      topic,
      metric: queue.metricApproximateAgeOfOldestMessage(options),
      threshold: oldSeconds,
      evaluationPeriods: 1,
    });
  }
}
