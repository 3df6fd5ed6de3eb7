import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { environmentSchema } from '../../functions/anchor/env.ts';
import { anchorSchedule } from '../anchor-schedule.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { acknowledgeObjects } from './acknowledge.ts';
import { ApiFunction } from './api-function.ts';
import type { AuditRoots } from './audit-roots.ts';
import type { ProductTable } from './product-table.ts';
import { anchorAccess } from './table-access.ts';

export interface AnchorFunctionProps {
  readonly stage: StageConfig;
  readonly logKey: IKey;
  /** The bundled code of the function. */
  readonly code: Code;
  readonly audit: ProductTable;
  readonly auditRoots: AuditRoots;
}

/** The function that anchors the audit every ten minutes. It may be run twice at once, and again when it failed. */
export class AnchorFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: AnchorFunctionProps) {
    super(scope, id);
    const { auditRoots, audit, ...common } = props;
    const { bucket, signingKey } = auditRoots;
    this.function = new ApiFunction<typeof environmentSchema>(this, 'Handler', {
      ...common,
      name: 'anchor',
      timeout: Duration.seconds(anchorSchedule.functionTimeoutSeconds),
      // A whole vCPU, and room for the links of a busy segment.
      memorySize: 1769,
      environment: {
        AUDIT_TABLE: anchorAccess(audit),
        ROOT_BUCKET: bucket.bucketName,
        ROOT_KEY_ID: signingKey.keyArn,
      },
    }).function;

    const folders = ['roots/', 'links/'];
    acknowledgeObjects(this, bucket, folders);
    // Adding by name and reading by name; no list, no delete, and no say in how long anything is locked.
    this.#allow(['s3:PutObject'], ...folders.map((folder) => bucket.arnForObjects(`${folder}*`)));
    this.#allow(['s3:GetObject'], bucket.arnForObjects('roots/*'));
    this.#allow(['kms:Sign', 'kms:GetPublicKey'], signingKey.keyArn);

    new Rule(this, 'Schedule', {
      description: 'Anchors the audit of permit-eligibility',
      schedule: Schedule.rate(Duration.minutes(anchorSchedule.everyMinutes)),
      targets: [new FunctionTarget(this.function)],
    });
  }

  #allow(actions: string[], ...resources: string[]): void {
    this.function.addToRolePolicy(new PolicyStatement({ actions, resources }));
  }
}
