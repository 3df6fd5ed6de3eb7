import { describe, expect, it } from 'vitest';
import { folders } from '../../functions/import/dropped-file.ts';
import { stages } from '../../infra/config/stages.ts';
import { isTracing, policyStatementsOf } from './policy-statements.ts';
import { propertiesOf, type Resource, resourcesOf, synthesise } from './synthesise.ts';

const day = 86_400;

describe.each(Object.values(stages))('the import of dropped files in $name', (stage) => {
  const { background } = synthesise(stage);
  const resource = (type: string, name: string) => {
    const [found, ...others] = Object.entries(resourcesOf(background, type)).filter(([id]) =>
      id.startsWith(name),
    );
    expect(others).toEqual([]);
    return { id: found![0], ...(found![1] as { readonly DependsOn?: readonly string[] } & Resource) };
  };
  const bucket = resource('AWS::S3::Bucket', 'importFilesBucket');
  const accessLogs = resource('AWS::S3::Bucket', 'importFilesAccessLogs');
  const queue = resource('AWS::SQS::Queue', 'importQueue');
  const handler = resource('AWS::Lambda::Function', 'importHandler');

  it('has buckets nobody outside can be let into, spoken to over TLS only', () => {
    expect(propertiesOf(background, 'AWS::S3::Bucket')).toHaveLength(2);
    for (const { id, Properties } of [bucket, accessLogs]) {
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
      const denied = policyStatementsOf(background).filter(
        ({ type, effect, resources }) =>
          type === 'AWS::S3::BucketPolicy' && effect === 'Deny' && JSON.stringify(resources).includes(id),
      );
      expect(denied).toMatchObject([{ actions: ['s3:*'], principal: { AWS: '*' } }]);
    }
    const policies = JSON.stringify(propertiesOf(background, 'AWS::S3::BucketPolicy'));
    expect(policies.match(/"aws:SecureTransport":"false"/g)).toHaveLength(2);
  });

  it('keeps every version of what is dropped under a rotated key of its own', () => {
    expect(bucket.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': [expect.stringMatching(/^importFilesKey/), 'Arn'] },
            },
          },
        ],
      },
    });
    expect(resource('AWS::KMS::Key', 'importFilesKey').Properties.EnableKeyRotation).toBe(true);
  });

  it('has nothing of a dropped file left after thirty days, nor a file gone before its last message', () => {
    const rules: Record<string, unknown>[] = bucket.Properties.LifecycleConfiguration.Rules;
    for (const prefix of [folders.incoming, folders.continue, folders.reports]) {
      const [rule, ...others] = rules.filter(({ Prefix }) => Prefix === prefix);
      expect(others).toEqual([]);
      const { ExpirationInDays: current, NoncurrentVersionExpiration } = rule as {
        ExpirationInDays: number;
        NoncurrentVersionExpiration: { NoncurrentDays: number };
      };
      const { NoncurrentDays: replaced } = NoncurrentVersionExpiration;
      expect(rule).toMatchObject({ Status: 'Enabled' });
      expect(current + replaced).toBe(30);
      if (prefix === folders.reports) continue;
      const { MessageRetentionPeriod } = resource('AWS::SQS::Queue', 'importDeadLetters').Properties;
      expect(Math.min(current, replaced) * day).toBeGreaterThanOrEqual(MessageRetentionPeriod);
    }
    expect(rules).toContainEqual(
      expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
    );
    expect(rules.filter(({ Prefix }) => Prefix === folders.mappings)).toEqual([
      expect.not.objectContaining({ ExpirationInDays: expect.anything() }),
    ]);
  });

  it('logs who did what with the files, for as long as the stage keeps logs', () => {
    expect(bucket.Properties.LoggingConfiguration.DestinationBucketName).toEqual({ Ref: accessLogs.id });
    expect(accessLogs.Properties.LifecycleConfiguration.Rules).toMatchObject([
      { ExpirationInDays: stage.logRetention },
    ]);
    // By a policy: lists of rights are switched off.
    expect(accessLogs.Properties.AccessControl).toBeUndefined();
    const deliveries = policyStatementsOf(background).filter(
      ({ principal }) =>
        (principal as { Service?: string } | undefined)?.Service === 'logging.s3.amazonaws.com',
    );
    expect(deliveries).toMatchObject([{ effect: 'Allow', actions: ['s3:PutObject'] }]);
  });

  it('tells the queue of files and of words where to go on, and of nothing else', () => {
    const configurations: unknown[] = bucket.Properties.NotificationConfiguration.QueueConfigurations;
    expect(configurations).toEqual(
      [folders.incoming, folders.continue].map((value) => ({
        Event: 's3:ObjectCreated:*',
        Queue: { 'Fn::GetAtt': [queue.id, 'Arn'] },
        Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: value }] } },
      })),
    );
    const policy = resource('AWS::SQS::QueuePolicy', 'importQueue');
    expect(bucket.DependsOn).toContain(policy.id);
    expect(policy.Properties.PolicyDocument.Statement).toContainEqual({
      Sid: 'NotificationsOfBuckets',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: { 'Fn::GetAtt': [queue.id, 'Arn'] },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
  });

  it('gives a message five tries, none while another may be under way, then lays it aside', () => {
    expect(queue.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      RedrivePolicy: {
        maxReceiveCount: 5,
        deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^importDeadLetters/), 'Arn'] },
      },
    });
    expect(queue.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * handler.Properties.Timeout);
    // All tries end before the message does.
    expect(queue.Properties.MessageRetentionPeriod).toBeGreaterThan(5 * queue.Properties.VisibilityTimeout);
  });

  it('carries out one message at a time, two at once, and hears of each that failed', () => {
    const [mapping, ...others] = propertiesOf(background, 'AWS::Lambda::EventSourceMapping').filter(
      ({ EventSourceArn }) => JSON.stringify(EventSourceArn).includes(queue.id),
    );
    expect(others).toEqual([]);
    expect(mapping).toMatchObject({
      FunctionName: { Ref: handler.id },
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    // With less, a message would be turned away, and that counts as a try.
    expect(handler.Properties.ReservedConcurrentExecutions ?? 1000).toBeGreaterThanOrEqual(
      mapping.ScalingConfig.MaximumConcurrency,
    );
  });

  it('lets its function read files, words and mappings, write words and reports, and nothing else of the bucket', () => {
    const role = handler.Properties.Role['Fn::GetAtt'][0];
    const rights = policyStatementsOf(background)
      .filter((each) => each.type === 'AWS::IAM::Policy' && each.roles.includes(role) && !isTracing(each))
      .flatMap(({ actions, resources }) =>
        actions.flatMap((action) => resources.map((on) => `${action} ${JSON.stringify(on)}`)),
      );
    const of = (service: string) => rights.filter((right) => right.startsWith(`${service}:`)).sort();
    const inFolder = (name: keyof typeof folders) =>
      JSON.stringify({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket.id, 'Arn'] }, `/${folders[name]}*`]] });
    expect(of('s3')).toEqual(
      [
        ...(['incoming', 'continue', 'mappings'] as const).flatMap((folder) => [
          `s3:GetObject ${inFolder(folder)}`,
          `s3:GetObjectVersion ${inFolder(folder)}`,
        ]),
        ...(['continue', 'reports'] as const).map((folder) => `s3:PutObject ${inFolder(folder)}`),
      ].sort(),
    );
    const actions = (service: string, on: RegExp) =>
      [...new Set(of(service).filter((right) => on.test(right)))].map((right) => right.split(' ')[0]);
    expect(actions('sqs', /importQueue/)).toEqual([
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ]);
    expect(of('sqs')).toHaveLength(3);
    expect(actions('kms', /importFilesKey/)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
    expect(actions('kms', /ResidentKey/)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
    expect(actions('dynamodb', /residents/)).toEqual([
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
    expect(of('dynamodb')).toHaveLength(5);
    expect(new Set(rights.map((right) => right.split(':')[0]))).toEqual(
      new Set(['s3', 'sqs', 'kms', 'dynamodb', 'logs']),
    );
  });

  it('outlives its stack where data is kept', () => {
    const policy = stage.keepData ? 'Retain' : 'Delete';
    for (const { DeletionPolicy } of [bucket, accessLogs, resource('AWS::KMS::Key', 'importFilesKey')]) {
      expect(DeletionPolicy).toBe(policy);
    }
  });
});
