import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { keyExpiresSoonMetric, metricsNamespace } from '../../shared/observability/measures.ts';
import { expiresSoonDays } from '../../shared/security/api-keys/api-key-verifier.ts';
import { runbooks } from '../config/runbooks.ts';
import type { ProductFunctionName } from '../function-names.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** The function that verifies keys, by which its metrics are told apart. */
const service: ProductFunctionName = 'authorizer';

/** An API key that is used, and soon will be refused: told while there is time to change over. */
export class KeyExpiryAlarm extends Construct {
  constructor(scope: Construct, id: string, { topic }: { readonly topic: ITopic }) {
    super(scope, id);
    new RunbookAlarm(this, 'Soon', {
      summary: `An API key that expires within ${expiresSoonDays} days was used in the last day.`,
      runbook: runbooks.keyExpiresSoon,
      topic,
      metric: new Metric({
        namespace: metricsNamespace,
        metricName: keyExpiresSoonMetric,
        dimensionsMap: { service },
        // A feed may come once a night: with less, the alarm would come and go with it.
        period: Duration.days(1),
        statistic: 'Sum',
      }),
      threshold: 0,
      evaluationPeriods: 1,
    });
  }
}
