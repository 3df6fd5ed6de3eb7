import { AlarmRule, CompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { runbooks } from '../config/runbooks.ts';
import type { StageConfig } from '../config/stage-config.ts';

export interface RollBackAlarmProps {
  /** Those that take a new version back, one of which is enough. */
  readonly alarms: readonly IAlarm[];
  readonly stage: StageConfig;
  readonly topic: ITopic;
}

/**
 * Tells operators that a new version is being taken back. The alarms that do it lie beside the functions, and are there before
 * there is anybody to tell.
 */
export class RollBackAlarm extends Construct {
  readonly alarm: CompositeAlarm;

  constructor(scope: Construct, id: string, { alarms, stage, topic }: RollBackAlarmProps) {
    super(scope, id);
    const action = new SnsAction(topic);
    this.alarm = new CompositeAlarm(this, 'Alarm', {
      // CDK would name it alike in every stage, two of which may share an account and region.
      compositeAlarmName: `permit-eligibility-${stage.name}-new-version-taken-back`,
      alarmDescription: `A new version of a function fails or is slow, and is taken back. Runbook: ${runbooks.newVersionTakenBack}`,
      alarmRule: AlarmRule.anyOf(...alarms),
    });
    this.alarm.addAlarmAction(action);
    this.alarm.addOkAction(action);
  }
}
