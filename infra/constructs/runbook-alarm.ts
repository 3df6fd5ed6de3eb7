import { Alarm, type AlarmProps, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Runbook } from '../config/runbooks.ts';

export interface RunbookAlarmProps extends Pick<AlarmProps, 'metric' | 'threshold' | 'evaluationPeriods'> {
  /** What is wrong, in one sentence. */
  readonly summary: string;
  readonly runbook: Runbook;
  /** Whom it tells; absent: nobody by itself, another alarm speaks for it. */
  readonly topic?: ITopic;
  /** For what is measured without pause: that nothing is measured is then a breach. */
  readonly missingIsBreach?: boolean;
}

/**
 * An alarm that goes off above its threshold (the threshold itself is still well) in each of the periods,
 * and that says what to do: its description ends with the runbook's heading. No data is no breach, unless said so.
 */
export class RunbookAlarm extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    super(scope, id);
    const { summary, runbook, topic, missingIsBreach = false, ...alarm } = props;
    this.alarm = new Alarm(this, 'Alarm', {
      ...alarm,
      alarmDescription: `${summary} Runbook: ${runbook}`,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: missingIsBreach ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    if (topic === undefined) return;
    const action = new SnsAction(topic);
    this.alarm.addAlarmAction(action);
    this.alarm.addOkAction(action);
  }
}
