import { Stack, Validations } from 'aws-cdk-lib';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/** Findings of the AwsSolutions rules that are as they should be, and why. */
const reasons = {
  'AwsSolutions-APIG2':
    'The functions check every request against the contract and name all of its faults at once, with pointers; the gateway would stop at the first and name none.',
  'AwsSolutions-APIG4': 'The public door asks for no credential and answers nothing about a stored person.',
  'AwsSolutions-APIG6':
    'Execution logs repeat what callers send, in a log group without key or retention. The access log and the logs of the functions tell what operators need.',
  'AwsSolutions-COG4':
    'There are no Cognito user pools in the China partition; callers bring tokens of any OIDC issuer, or keys.',
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
    'API Gateway accepts an account role only when it may do all that this policy allows.',
  'AwsSolutions-IAM5[Resource::*]':
    "X-Ray's write actions know no resource to name: Lambda's own tracing needs PutTraceSegments and PutTelemetryRecords on everything, and nothing else may stand beside them.",
  'AwsSolutions-S1':
    'The bucket is itself where access logs go; a log of who writes that log would never come to rest.',
  'AwsSolutions-SQS3':
    'The queue is itself where dead letters go: Lambda names in it what it gave up on, and nothing takes from it but operators.',
} as const satisfies Record<`AwsSolutions-${string}`, string>;

/** Takes findings about a construct, and what is inside it, as known and right. */
export function acknowledge(construct: IConstruct, ...findings: (keyof typeof reasons)[]): void {
  Validations.of(construct).acknowledge(...findings.map((id) => ({ id, reason: reasons[id] })));
}

/** Takes it as right that something may reach every object of these folders (`roots/`), whose names nobody knows before. */
export function acknowledgeObjects(construct: IConstruct, bucket: Bucket, folders: readonly string[]): void {
  const arn = arnAsFound(construct, bucket);
  Validations.of(construct).acknowledge(
    ...folders.map((folder) => ({
      id: `AwsSolutions-IAM5[Resource::${arn}/${folder}*]`,
      reason: 'Objects have names that nobody knows before: the right ends at the folder and names no more.',
    })),
  );
}

/** How the rules write a bucket's ARN in findings about a construct: by its logical id, or by its export in other stacks. */
function arnAsFound(construct: IConstruct, bucket: Bucket): string {
  const home = Stack.of(bucket);
  if (Stack.of(construct) === home) {
    return `<${home.getLogicalId(bucket.node.defaultChild as CfnBucket)}.Arn>`;
  }
  return home.resolve(home.exportValue(bucket.bucketArn))['Fn::ImportValue'];
}
