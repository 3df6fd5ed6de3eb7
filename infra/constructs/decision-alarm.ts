import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FunctionName } from '../../shared/contract/route.ts';
import { decisionFaultMetric, metricsNamespace } from '../../shared/observability/measures.ts';
import { runbooks } from '../config/runbooks.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** The function that opens and replays decisions, by which its metrics are told apart. */
const service: FunctionName = 'counter';

/** A decision that does not come out as it is stored, cannot be asked again, or was tampered with: one is too many. */
export class DecisionAlarm extends Construct {
  constructor(scope: Construct, id: string, { topic }: { readonly topic: ITopic }) {
    super(scope, id);
    new RunbookAlarm(this, 'Faults', {
      summary: 'A stored decision could not be opened, or did not come out the same when it was replayed.',
      runbook: runbooks.decisionFaults,
      topic,
      metric: new Metric({
        namespace: metricsNamespace,
        metricName: decisionFaultMetric,
        dimensionsMap: { service },
        period: Duration.minutes(1),
        statistic: 'Sum',
      }),
      threshold: 0,
      evaluationPeriods: 1,
    });
  }
}
