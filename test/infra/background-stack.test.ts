import { describe, expect, it } from 'vitest';
import { environmentSchema as anchorEnvironment } from '../../functions/anchor/env.ts';
import { environmentSchema as importEnvironment } from '../../functions/import/env.ts';
import { environmentSchema as streamEnvironment } from '../../functions/stream/env.ts';
import { streamedTables } from '../../functions/stream/streamed-tables.ts';
import { stages } from '../../infra/config/stages.ts';
import { type TableDefinition, tables } from '../../infra/tables.ts';
import { propertiesOf, resourcesOf, synthesise } from './synthesise.ts';

const definitions: readonly TableDefinition[] = Object.values(tables);
const streamed = definitions.filter(({ stream }) => stream !== undefined);

describe.each(Object.values(stages))('background stack of $name', (stage) => {
  const { background, data } = synthesise(stage);
  const named = (type: string, name: string) =>
    Object.entries(resourcesOf(background, type)).find(([id]) => id.startsWith(name))?.[1].Properties;

  it('has three functions, with the time a batch, a file or a run takes, whose logs are encrypted and kept', () => {
    expect(propertiesOf(background, 'AWS::Lambda::Function')).toHaveLength(3);
    for (const [name, timeout] of [
      ['anchor', 300],
      ['stream', 60],
      ['import', 900],
    ] as const) {
      expect(named('AWS::Lambda::Function', name)).toMatchObject({ Runtime: 'nodejs24.x', Timeout: timeout });
      expect(named('AWS::Logs::LogGroup', name)).toMatchObject({
        RetentionInDays: stage.logRetention,
        KmsKeyId: expect.anything(),
      });
    }
  });

  it.each(
    Object.entries({ anchor: anchorEnvironment, stream: streamEnvironment, import: importEnvironment }),
  )('gives the function %s what its own schema reads', (name, schema) => {
    const { Environment } = named('AWS::Lambda::Function', name);
    const variables = Object.fromEntries(
      Object.entries(Environment.Variables).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : 'a-name',
      ]),
    );
    expect(schema.safeParse(variables).error).toBeUndefined();
  });

  it('tells it the changes of every table with a stream: in order, again when they failed, never for ever', () => {
    const mappings = propertiesOf(background, 'AWS::Lambda::EventSourceMapping').filter(
      ({ StartingPosition }) => StartingPosition !== undefined,
    );
    expect(mappings).toHaveLength(streamed.length);
    for (const mapping of mappings) {
      expect(mapping).toMatchObject({
        EventSourceArn: { 'Fn::ImportValue': expect.stringContaining('StreamArn') },
        StartingPosition: 'TRIM_HORIZON',
        ParallelizationFactor: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
      expect(mapping.MaximumRetryAttempts).toBeGreaterThan(0);
    }
    expect(new Set(mappings.map(({ EventSourceArn }) => EventSourceArn['Fn::ImportValue'])).size).toBe(
      streamed.length,
    );
  });

  it('keeps dead letters for two weeks, encrypted, over TLS only', () => {
    for (const name of ['stream', 'import']) {
      expect(named('AWS::SQS::Queue', `${name}DeadLetters`)).toMatchObject({
        MessageRetentionPeriod: 14 * 86_400,
        SqsManagedSseEnabled: true,
      });
      expect(JSON.stringify(named('AWS::SQS::QueuePolicy', `${name}DeadLetters`))).toContain(
        'aws:SecureTransport',
      );
    }
  });

  it('runs the anchor function every ten minutes', () => {
    expect(propertiesOf(background, 'AWS::Events::Rule')).toMatchObject([
      {
        ScheduleExpression: 'rate(10 minutes)',
        State: 'ENABLED',
        Targets: [{ Arn: { 'Fn::GetAtt': [expect.stringMatching(/^anchorHandler/), 'Arn'] } }],
      },
    ]);
  });

  it('has streams of keys only, on the tables of the definitions', () => {
    const specifications = propertiesOf(data, 'AWS::DynamoDB::Table').flatMap(
      ({ StreamSpecification }) => StreamSpecification ?? [],
    );
    expect(specifications).toEqual(streamed.map(() => ({ StreamViewType: 'KEYS_ONLY' })));
  });
});

describe('the tables the stream function knows', () => {
  it('are those with a stream, each by its own variable', () => {
    const known = Object.entries(streamedTables).map(([name, { environmentVariable }]) => [
      name,
      environmentVariable,
    ]);
    expect(known).toEqual(streamed.map(({ name, environmentVariable }) => [name, environmentVariable]));
  });

  it('are not the audit, which would otherwise never come to rest', () => {
    expect(tables.audit).not.toHaveProperty('stream');
  });
});
