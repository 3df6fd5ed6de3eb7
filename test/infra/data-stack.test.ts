import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { stages } from '../../infra/config/stages.ts';
import { ProductTable } from '../../infra/constructs/product-table.ts';
import { type TableDefinition, tables } from '../../infra/tables.ts';
import { bareStack, propertiesOf, resourcesOf, synthesise } from './synthesise.ts';

describe.each(Object.values(stages))('data stack of $name', (stage) => {
  const { data } = synthesise(stage);

  it('has one table for each definition and no other', () => {
    expect(propertiesOf(data, 'AWS::DynamoDB::Table')).toHaveLength(Object.keys(tables).length);
    expect(Object.keys(data.findOutputs('*')).filter((name) => name.endsWith('TableName'))).toEqual(
      Object.keys(tables).map((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}TableName`),
    );
  });

  it('keeps the policies by partition and sort key, on demand, restorable for 35 days, under its own key', () => {
    expect(propertiesOf(data, 'AWS::DynamoDB::Table')[0]).toMatchObject({
      KeySchema: [
        { AttributeName: tables.policies.partitionKey.name, KeyType: 'HASH' },
        { AttributeName: tables.policies.sortKey.name, KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: stage.keepData,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      SSESpecification: {
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^DataKey/), 'Arn'] },
      },
    });
  });

  it('streams what comes and goes by its keys alone, where a table says so', () => {
    const streams = propertiesOf(data, 'AWS::DynamoDB::Table').map(
      ({ StreamSpecification }) => StreamSpecification,
    );
    const expected = Object.values<TableDefinition>(tables).map(({ stream }) =>
      stream === undefined ? undefined : { StreamViewType: 'KEYS_ONLY' },
    );
    expect(streams).toEqual(expected);
    expect(tables.residents.stream).toBe('keys-only');
  });

  it('rotates its keys, all but the one that signs', () => {
    const all = propertiesOf(data, 'AWS::KMS::Key');
    const keys = all.filter(({ KeyUsage }) => KeyUsage === undefined);
    expect(keys).toHaveLength(all.length - 1);
    for (const key of keys) expect(key).toMatchObject({ EnableKeyRotation: true });
  });

  it('locks the roots of the audit, in production for three years and against everybody', () => {
    const [bucket, ...others] = propertiesOf(data, 'AWS::S3::Bucket').filter(
      ({ ObjectLockEnabled }) => ObjectLockEnabled,
    );
    expect(others).toEqual([]);
    expect(bucket).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: {
          DefaultRetention: stage.keepData
            ? { Mode: 'COMPLIANCE', Days: 3 * 366 }
            : { Mode: 'GOVERNANCE', Days: 1 },
        },
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LoggingConfiguration: { DestinationBucketName: expect.anything() },
    });
    // Nothing in it expires.
    expect(bucket).not.toHaveProperty('LifecycleConfiguration');
  });

  it('encrypts its buckets, and lets nobody at them but over TLS', () => {
    const buckets = propertiesOf(data, 'AWS::S3::Bucket');
    const policies = propertiesOf(data, 'AWS::S3::BucketPolicy');
    expect([buckets.length, policies.length]).toEqual([2, 2]);
    for (const bucket of buckets) expect(bucket).toHaveProperty('BucketEncryption');
    for (const policy of policies) expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
  });

  it('signs the roots of the audit with a key that nobody can take out', () => {
    const signing = propertiesOf(data, 'AWS::KMS::Key').filter(({ KeyUsage }) => KeyUsage === 'SIGN_VERIFY');
    expect(signing).toMatchObject([{ KeySpec: 'ECC_NIST_P256' }]);
    expect(Object.keys(data.findOutputs('*'))).toEqual(
      expect.arrayContaining(['AuditRootBucketName', 'AuditRootKeyArn']),
    );
  });

  it(`${stage.keepData ? 'keeps' : 'removes'} table and key when the stack goes`, () => {
    const fate = stage.keepData ? 'Retain' : 'Delete';
    // The policy of a bucket says nothing that is not in the sources.
    const kept = Object.values(resourcesOf(data)).filter(({ Type }) => Type !== 'AWS::S3::BucketPolicy');
    for (const resource of kept) {
      expect(resource).toMatchObject({ DeletionPolicy: fate, UpdateReplacePolicy: fate });
    }
  });
});

describe('a table made from its definition', () => {
  const definition = {
    name: 'example',
    environmentVariable: 'EXAMPLE_TABLE',
    partitionKey: { name: 'pk', type: 'string' },
    indexes: [
      {
        name: 'by-day',
        partitionKey: { name: 'day', type: 'number' },
        sortKey: { name: 'hash', type: 'binary' },
      },
    ],
    timeToLiveAttribute: 'expiresAt',
    stream: 'new-and-old-images',
  } as const satisfies TableDefinition;
  const stack = bareStack();
  const table = new ProductTable(stack, 'Example', {
    definition,
    encryptionKey: new Key(stack, 'Key'),
    stage: stages.dev,
  });

  it('has its indexes, time to live and stream', () => {
    const [properties] = propertiesOf(Template.fromStack(stack), 'AWS::DynamoDB::Table');
    expect(properties).toMatchObject({
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: expect.arrayContaining([
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'day', AttributeType: 'N' },
        { AttributeName: 'hash', AttributeType: 'B' },
      ]),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-day',
          KeySchema: [
            { AttributeName: 'day', KeyType: 'HASH' },
            { AttributeName: 'hash', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('names each index in the ARNs it is reached by', () => {
    const { tableArn } = table.table;
    expect(table.resourceArns).toEqual([tableArn, `${tableArn}/index/by-day`]);
  });
});
