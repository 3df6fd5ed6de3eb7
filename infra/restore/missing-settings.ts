import { setTimeout } from 'node:timers/promises';
import {
  type ContinuousBackupsDescription,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBServiceException,
  ListTagsOfResourceCommand,
  ResourceNotFoundException,
  type TableDescription,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { CommandError } from '../command-error.ts';
import { createTableInput } from '../local/create-tables.ts';
import type { TableDefinition } from '../tables.ts';
import type { Finding } from './finding.ts';

/** The longest period DynamoDB restores a table to any second of, and what every stage has. */
const recoveryDays = 35;

export interface MissingSettingsOptions {
  readonly client: DynamoDBDocumentClient;
  readonly definition: TableDefinition;
  readonly restored: string;
  /** Whose settings are to be had; null: it is gone, and what production has is asked for. */
  readonly live: string | null;
  /** Waits between two looks at a table that is being changed. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * What a restored table is not, of what the definition and the live table are. A restore brings items and keys; it leaves out
 * time to live, the stream, point-in-time recovery, deletion protection and tags.
 *
 * @throws CommandError when there is no such table, it may not be looked at, or it is not ready.
 */
export async function missingSettings(options: MissingSettingsOptions): Promise<Finding[]> {
  const { client, definition, restored, live } = options;
  const is = await describe(client, restored);
  if (is.TableStatus !== 'ACTIVE') {
    throw new CommandError(`${restored} is not ready yet: ${is.TableStatus}. Wait until it is ACTIVE.`);
  }
  const shouldBe = live === null ? null : await describe(client, live);
  const update = async (change: Omit<UpdateTableCommandInput, 'TableName'>) => {
    await client.send(new UpdateTableCommand({ TableName: restored, ...change }));
    await untilActive(options);
  };
  return [
    ...keyFindings(is, definition),
    ...indexFindings(is, definition),
    ...billingFindings(is, update),
    ...encryptionFindings(is, shouldBe, update),
    ...streamFindings(is, definition, update),
    ...protectionFindings(is, shouldBe, update),
    ...(await timeToLiveFindings(options)),
    ...(await recoveryFindings(options)),
    ...(await tagFindings(client, is, shouldBe)),
  ];
}

type Update = (change: Omit<UpdateTableCommandInput, 'TableName'>) => Promise<void>;

function keyFindings({ KeySchema, AttributeDefinitions }: TableDescription, definition: TableDefinition) {
  const expected = createTableInput(definition);
  const types = (attributes: typeof AttributeDefinitions) =>
    new Map(attributes?.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  const keysOf = (schema: typeof KeySchema, attributes: typeof AttributeDefinitions) =>
    (schema ?? [])
      .map(
        ({ AttributeName, KeyType }) => `${KeyType} ${AttributeName} ${types(attributes).get(AttributeName)}`,
      )
      .join(', ');
  const is = keysOf(KeySchema, AttributeDefinitions);
  const should = keysOf(expected.KeySchema, expected.AttributeDefinitions);
  return is === should ? [] : [wrong(`its keys are ${is}, not ${should}: it is another table`)];
}

function indexFindings({ GlobalSecondaryIndexes = [] }: TableDescription, { indexes }: TableDefinition) {
  const there = new Set(GlobalSecondaryIndexes.map(({ IndexName }) => IndexName));
  return indexes
    .filter(({ name }) => !there.has(name))
    .map(({ name }) => wrong(`it was restored without its index ${name}: restore it again, with it`));
}

function billingFindings({ BillingModeSummary }: TableDescription, update: Update): Finding[] {
  if (BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST') return [];
  return [setting('it is not on demand', () => update({ BillingMode: 'PAY_PER_REQUEST' }))];
}

function encryptionFindings(is: TableDescription, live: TableDescription | null, update: Update): Finding[] {
  const key = live?.SSEDescription?.KMSMasterKeyArn;
  if (key === undefined || is.SSEDescription?.KMSMasterKeyArn === key) return [];
  const SSESpecification = { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key } as const;
  return [setting('it is not encrypted under the key of the live table', () => update({ SSESpecification }))];
}

function streamFindings(is: TableDescription, definition: TableDefinition, update: Update): Finding[] {
  const { StreamSpecification } = createTableInput(definition);
  if (StreamSpecification === undefined || is.StreamSpecification?.StreamEnabled === true) return [];
  return [setting('its stream is off: no change would be told', () => update({ StreamSpecification }))];
}

function protectionFindings(is: TableDescription, live: TableDescription | null, update: Update): Finding[] {
  const wanted = live === null || live.DeletionProtectionEnabled === true;
  if (!wanted || is.DeletionProtectionEnabled === true) return [];
  return [setting('it can be deleted by mistake', () => update({ DeletionProtectionEnabled: true }))];
}

async function timeToLiveFindings({
  client,
  definition: { timeToLiveAttribute: AttributeName },
  restored: TableName,
}: MissingSettingsOptions): Promise<Finding[]> {
  if (AttributeName === undefined) return [];
  const { TimeToLiveDescription: is } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const isOn = is?.TimeToLiveStatus === 'ENABLED' || is?.TimeToLiveStatus === 'ENABLING';
  if (isOn && is?.AttributeName === AttributeName) return [];
  const TimeToLiveSpecification = { AttributeName, Enabled: true };
  return [
    setting(`nothing in it expires: its time to live is not ${AttributeName}`, async () => {
      await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    }),
  ];
}

async function recoveryFindings({ client, restored, live }: MissingSettingsOptions): Promise<Finding[]> {
  const is = await recoveryOf(client, restored);
  // A server other than AWS's has none, and there is nothing to put right.
  if (is === null) return [];
  const shouldBe = live === null ? null : await recoveryOf(client, live);
  const days = shouldBe?.days ?? recoveryDays;
  const wanted = shouldBe === null || shouldBe.enabled;
  if (!wanted || (is.enabled && is.days >= days)) return [];
  return [
    setting(`it cannot be restored to any second of ${days} days`, async () => {
      await client.send(
        new UpdateContinuousBackupsCommand({
          TableName: restored,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: days },
        }),
      );
    }),
  ];
}

/** Null: the server knows no point-in-time recovery. */
async function recoveryOf(
  client: DynamoDBDocumentClient,
  TableName: string,
): Promise<{ readonly enabled: boolean; readonly days: number } | null> {
  let backups: ContinuousBackupsDescription | undefined;
  try {
    const answer = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
    backups = answer.ContinuousBackupsDescription;
  } catch (error) {
    if (error instanceof Error && error.name === 'UnknownOperationException') return null;
    throw error;
  }
  const recovery = backups?.PointInTimeRecoveryDescription;
  const enabled = recovery?.PointInTimeRecoveryStatus === 'ENABLED';
  return { enabled, days: recovery?.RecoveryPeriodInDays ?? recoveryDays };
}

async function tagFindings(
  client: DynamoDBDocumentClient,
  is: TableDescription,
  live: TableDescription | null,
): Promise<Finding[]> {
  if (live === null) return [];
  const own = await tagsOf(client, is);
  // What begins with `aws:` is CloudFormation's, and refused from anybody else.
  const wanted = [...(await tagsOf(client, live))].filter(([key]) => !key.startsWith('aws:'));
  const Tags = wanted
    .filter(([key, value]) => own.get(key) !== value)
    .map(([Key, Value]) => ({ Key, Value }));
  if (Tags.length === 0) return [];
  return [
    setting(`it has not the tags of the live table: ${Tags.map(({ Key }) => Key).join(', ')}`, async () => {
      await client.send(new TagResourceCommand({ ResourceArn: is.TableArn, Tags }));
    }),
  ];
}

async function tagsOf(
  client: DynamoDBDocumentClient,
  { TableArn: ResourceArn }: TableDescription,
): Promise<Map<string, string>> {
  const tags = new Map<string, string>();
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListTagsOfResourceCommand({ ResourceArn, NextToken }));
    for (const { Key, Value } of page.Tags ?? []) tags.set(Key!, Value!);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return tags;
}

async function describe(client: DynamoDBDocumentClient, TableName: string): Promise<TableDescription> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    return Table ?? {};
  } catch (error) {
    if (!(error instanceof DynamoDBServiceException)) throw error;
    // The name is all that is asked with: what is invalid of it no table can be called.
    if (error instanceof ResourceNotFoundException || error.name === 'ValidationException')
      throw new CommandError(`There is no table ${TableName}.`);
    throw new CommandError(`The table ${TableName} cannot be looked at: ${error.name}.`);
  }
}

/** DynamoDB changes one thing of a table at a time, and takes minutes for some. */
async function untilActive({ client, restored, pause = setTimeout }: MissingSettingsOptions): Promise<void> {
  while ((await describe(client, restored)).TableStatus !== 'ACTIVE') await pause(5_000);
}

function setting(text: string, apply: () => Promise<void>): Finding {
  return { kind: 'SETTING', text, apply };
}

function wrong(text: string): Finding {
  return { kind: 'WRONG', text };
}
