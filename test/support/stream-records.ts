import type { DynamoDBRecord } from 'aws-lambda';
import { type NamedTable, streamedTables } from '../../functions/stream/streamed-tables.ts';

export const policiesStream =
  'arn:aws:dynamodb:local:000000000000:table/the-policies/stream/2024-06-01T00:00:00.000';

/** The streamed tables under the names this file's ARNs give them. */
export const tablesOfStreams: ReadonlyMap<string, NamedTable> = new Map(
  Object.entries(streamedTables).map(([name, { kinds }]) => [`the-${name}`, { name, kinds }]),
);

/** A change of a published version, as Lambda tells it. */
export function changeRecord(number: number, over: Partial<DynamoDBRecord> = {}): DynamoDBRecord {
  return {
    eventID: `event-${number}`,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'local',
    eventSourceARN: policiesStream,
    dynamodb: {
      ApproximateCreationDateTime: 1_717_200_000,
      Keys: { pk: { S: 'POLICY#chengdu' }, sk: { S: `VERSION#${number}` } },
      SequenceNumber: String(number),
      SizeBytes: 60,
      StreamViewType: 'KEYS_ONLY',
    },
    ...over,
  };
}

/** A change that nobody can read, though its number can. */
export function unreadableRecord(number: number): DynamoDBRecord {
  return changeRecord(number, { dynamodb: { SequenceNumber: String(number), Keys: { pk: { N: '7' } } } });
}
