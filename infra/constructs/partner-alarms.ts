import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FunctionName } from '../../shared/contract/route.ts';
import { metricsNamespace, partnerLimitMetric } from '../../shared/observability/measures.ts';
import { runbooks } from '../config/runbooks.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** The function that third parties ask, by which its metrics are told apart. */
const service: FunctionName = 'partners';

/** A third party near a limit of its day: told once a limit and day, while there is room to look at what it asks. */
export class PartnerAlarms extends Construct {
  constructor(scope: Construct, id: string, { topic }: { readonly topic: ITopic }) {
    super(scope, id);
    const counted = (limited: 'checks' | 'persons') =>
      new Metric({
        namespace: metricsNamespace,
        metricName: partnerLimitMetric(limited),
        dimensionsMap: { service },
        period: Duration.minutes(1),
        statistic: 'Sum',
      });
    new RunbookAlarm(this, 'Persons', {
      summary: 'A third party has asked about 80 % of the persons it may ask about in a day.',
      runbook: runbooks.partnerPersons,
      topic,
      metric: counted('persons'),
      threshold: 0,
      evaluationPeriods: 1,
    });
    new RunbookAlarm(this, 'Checks', {
      summary: 'A third party has made 80 % of the checks it may make in a day.',
      runbook: runbooks.partnerChecks,
      topic,
      metric: counted('checks'),
      threshold: 0,
      evaluationPeriods: 1,
    });
  }
}
