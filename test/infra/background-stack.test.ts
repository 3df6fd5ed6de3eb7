import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../functions/stream/env.ts';
import { streamedTables } from '../../functions/stream/streamed-tables.ts';
import { stages } from '../../infra/config/stages.ts';
import { type TableDefinition, tables } from '../../infra/tables.ts';
import { propertiesOf, synthesise } from './synthesise.ts';

const definitions: readonly TableDefinition[] = Object.values(tables);
const streamed = definitions.filter(({ stream }) => stream !== undefined);

describe.each(Object.values(stages))('background stack of $name', (stage) => {
  const { background, data } = synthesise(stage);
  const [handler, ...others] = propertiesOf(background, 'AWS::Lambda::Function');

  it('has one function, with a minute for a batch, whose logs are encrypted and kept', () => {
    expect(others).toEqual([]);
    expect(handler).toMatchObject({ Runtime: 'nodejs24.x', Timeout: 60 });
    expect(propertiesOf(background, 'AWS::Logs::LogGroup')).toEqual([
      expect.objectContaining({ RetentionInDays: stage.logRetention, KmsKeyId: expect.anything() }),
    ]);
  });

  it('gives the function what its own schema reads', () => {
    const variables = Object.fromEntries(
      Object.entries(handler.Environment.Variables).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : 'a-table',
      ]),
    );
    expect(environmentSchema.safeParse(variables).error).toBeUndefined();
  });

  it('tells it the changes of every table with a stream: in order, again when they failed, never for ever', () => {
    const mappings = propertiesOf(background, 'AWS::Lambda::EventSourceMapping');
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
    expect(propertiesOf(background, 'AWS::SQS::Queue')).toEqual([
      expect.objectContaining({ MessageRetentionPeriod: 14 * 86_400, SqsManagedSseEnabled: true }),
    ]);
    expect(JSON.stringify(propertiesOf(background, 'AWS::SQS::QueuePolicy'))).toContain(
      'aws:SecureTransport',
    );
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
