import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { anchorAgeMetric, metricsNamespace } from '../../shared/observability/measures.ts';
import { runbooks } from '../config/runbooks.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** A root is made every ten minutes. */
const oldSeconds = 3_600;

/**
 * The newest root of the audit is old, or nobody says how old it is. With two periods of half an hour above an hour it goes off
 * within two hours of the last root: two hours before reads of personal data stop.
 */
export class AnchorAlarm extends Construct {
  readonly age: Metric;

  constructor(scope: Construct, id: string, { topic }: { readonly topic: ITopic }) {
    super(scope, id);
    this.age = new Metric({
      namespace: metricsNamespace,
      metricName: anchorAgeMetric,
      dimensionsMap: { service: 'anchor' },
      period: Duration.minutes(30),
      statistic: 'Maximum',
    });
    new RunbookAlarm(this, 'Old', {
      summary:
        'The audit has not been anchored for more than an hour: after four, counters and third parties are turned away.',
      runbook: runbooks.auditNotAnchored,
      topic,
      metric: this.age,
      threshold: oldSeconds,
      evaluationPeriods: 2,
      missingIsBreach: true,
    });
  }
}
