import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBServiceException,
  ListTagsOfResourceCommand,
  type TableDescription,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../../infra/command-error.ts';
import { createTableInput } from '../../../../infra/local/create-tables.ts';
import { missingSettings } from '../../../../infra/restore/missing-settings.ts';
import { type TableDefinition, tables } from '../../../../infra/tables.ts';
import { createDocumentClient } from '../../../../shared/stores/dynamodb/document-client.ts';

// What the embedded DynamoDB has not: point-in-time recovery, keys of KMS, tables that take their time. Untried on AWS.

const indexed: TableDefinition = {
  ...tables.decisions,
  indexes: [{ name: 'by-day', partitionKey: { name: 'day', type: 'string' } }],
};
const key = 'arn:aws:kms:ap-southeast-1:000000000000:key/1';

/** As a restore leaves a table of a definition. */
function bare(definition: TableDefinition, over: TableDescription = {}): TableDescription {
  const { KeySchema, AttributeDefinitions } = createTableInput(definition);
  const TableArn = `arn:aws:dynamodb:local:000000000000:table/${definition.name}`;
  const BillingModeSummary = { BillingMode: 'PAY_PER_REQUEST' as const };
  return { TableStatus: 'ACTIVE', TableArn, KeySchema, AttributeDefinitions, BillingModeSummary, ...over };
}

/** As the data stack makes it. */
function whole(definition: TableDefinition): TableDescription {
  const { StreamSpecification, GlobalSecondaryIndexes } = createTableInput(definition);
  return bare(definition, {
    StreamSpecification,
    DeletionProtectionEnabled: true,
    SSEDescription: { KMSMasterKeyArn: key },
    ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes: GlobalSecondaryIndexes as [] }),
  });
}

interface World {
  readonly definition?: TableDefinition;
  readonly restored: TableDescription;
  /** Days; null: off. */
  readonly recovery: { readonly restored: number | null; readonly live: number | null };
}

function world({ definition = tables.decisions, restored, recovery }: World) {
  const client = createDocumentClient({ region: 'local', endpoint: 'http://127.0.0.1:1' });
  const mock = mockClient(client);
  const pauses: number[] = [];
  const tags = {
    restored: [],
    live: [
      { Key: 'stage', Value: 'prod' },
      { Key: 'aws:stack', Value: 'x' },
    ],
  };
  /** States it is found in before it is ready again. */
  const states: TableDescription['TableStatus'][] = [];
  mock
    .on(DescribeTableCommand, { TableName: 'restored' })
    .callsFake(() => ({ Table: { ...restored, TableStatus: states.shift() ?? restored.TableStatus } }));
  mock.on(DescribeTableCommand, { TableName: 'live' }).resolves({ Table: whole(definition) });
  for (const name of ['restored', 'live'] as const) {
    const days = recovery[name];
    mock.on(DescribeContinuousBackupsCommand, { TableName: name }).resolves({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: days === null ? 'DISABLED' : 'ENABLED',
          ...(days !== null && { RecoveryPeriodInDays: days }),
        },
      },
    });
  }
  mock.on(DescribeTimeToLiveCommand).resolves({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
  mock.on(ListTagsOfResourceCommand).callsFake(({ ResourceArn }) => ({
    Tags: ResourceArn === restored.TableArn ? tags.restored : tags.live,
  }));
  const look = (live: string | null = 'live') =>
    missingSettings({
      client,
      definition,
      restored: 'restored',
      live,
      pause: async (milliseconds) => {
        pauses.push(milliseconds);
      },
    });
  return { mock, pauses, states, look };
}

const restoredDecisions = bare(tables.decisions, { TableArn: 'arn:restored' });

describe('what a restored table on AWS lacks', () => {
  it('is put back by one request each, and a table is waited for while it changes', async () => {
    const { mock, pauses, states, look } = world({
      restored: restoredDecisions,
      recovery: { restored: null, live: 35 },
    });
    const findings = await look();
    expect(findings.map(({ kind }) => kind)).toEqual(Array(6).fill('SETTING'));
    expect(mock.commandCalls(UpdateTableCommand)).toEqual([]);
    states.push('UPDATING');
    for (const { apply } of findings) await apply?.();

    expect(pauses).toEqual([5_000]);
    const updates = mock.commandCalls(UpdateTableCommand).map(({ args }) => args[0].input);
    expect(updates).toEqual([
      { TableName: 'restored', SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key } },
      {
        TableName: 'restored',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      },
      { TableName: 'restored', DeletionProtectionEnabled: true },
    ]);
    expect(mock.commandCalls(UpdateTimeToLiveCommand)[0]?.args[0].input).toEqual({
      TableName: 'restored',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    expect(mock.commandCalls(UpdateContinuousBackupsCommand)[0]?.args[0].input).toEqual({
      TableName: 'restored',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
    });
    // CloudFormation's own tags are refused from anybody else.
    expect(mock.commandCalls(TagResourceCommand)[0]?.args[0].input).toEqual({
      ResourceArn: 'arn:restored',
      Tags: [{ Key: 'stage', Value: 'prod' }],
    });
  });

  it.each([
    [{ restored: null, live: 35 }, true],
    [{ restored: 34, live: 35 }, true],
    [{ restored: 35, live: 35 }, false],
    [{ restored: null, live: null }, false],
  ])('has point-in-time recovery as the live table has it: %j', async (recovery, isMissing) => {
    const findings = await world({ restored: restoredDecisions, recovery }).look();
    const texts = findings.map(({ text }) => text).filter((text) => text.includes('any second'));
    expect(texts).toHaveLength(isMissing ? 1 : 0);
  });

  it('has what production has, where the live table is gone', async () => {
    const { look } = world({ restored: restoredDecisions, recovery: { restored: null, live: null } });
    const texts = (await look(null)).map(({ text }) => text).join();
    expect(texts).toContain('any second of 35 days');
    expect(texts).toContain('deleted by mistake');
  });

  it('is an index that it was restored without: nothing can add it', async () => {
    const { look } = world({
      definition: indexed,
      restored: bare(indexed, { TableArn: 'arn:restored' }),
      recovery: { restored: 35, live: 35 },
    });
    const findings = (await look()).filter(({ kind }) => kind === 'WRONG');
    expect(findings.map(({ text, apply }) => [text, apply])).toEqual([
      [expect.stringContaining('by-day'), undefined],
    ]);
  });

  it('is not asked of a table that is not ready', async () => {
    const restored = { ...restoredDecisions, TableStatus: 'CREATING' as const };
    const { look } = world({ restored, recovery: { restored: null, live: 35 } });
    await expect(look()).rejects.toThrow(CommandError);
  });

  it('is not told where the table may not be looked at: one line says why', async () => {
    const { mock, look } = world({ restored: restoredDecisions, recovery: { restored: 35, live: 35 } });
    const denied = { name: 'AccessDeniedException', $fault: 'client' as const, $metadata: {} };
    mock
      .on(DescribeTableCommand, { TableName: 'restored' })
      .rejects(new DynamoDBServiceException({ ...denied, message: 'User: arn:… is not authorized' }));
    const looked = look();
    await expect(looked).rejects.toThrow(CommandError);
    await expect(looked).rejects.toThrow(/^The table restored cannot be looked at: AccessDeniedException\.$/);
  });
});
