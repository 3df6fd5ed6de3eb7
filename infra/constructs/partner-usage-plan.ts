import { CfnOutput } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';

export interface PartnerUsagePlanProps {
  readonly restApi: RestApi;
  readonly stage: StageConfig;
}

/**
 * How fast each third party may ask. Bursts only: what was agreed for a day is counted by the function, exactly, while a
 * plan counts by best effort. Whom it counts is said by the authorizer (`usageIdentifierKey`), by owner and not by key; each
 * is added to the plan by hand (docs/deploying.md).
 */
export class PartnerUsagePlan extends Construct {
  constructor(scope: Construct, id: string, { restApi, stage }: PartnerUsagePlanProps) {
    super(scope, id);
    const { requestsPerSecond, burst } = stage.partnerThrottling;
    const plan = restApi.addUsagePlan('PartnerUsagePlan', {
      name: `permit-eligibility-${stage.name}-partners`,
      description: 'How fast each third party may ask',
      throttle: { rateLimit: requestsPerSecond, burstLimit: burst },
      apiStages: [{ stage: restApi.deploymentStage }],
    });
    new CfnOutput(this, 'Id', {
      value: plan.usagePlanId,
      description: 'Usage plan that third parties are added to',
    }).overrideLogicalId('PartnerUsagePlanId');
  }
}
