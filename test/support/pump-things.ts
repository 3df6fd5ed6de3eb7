import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { auditChanges } from '../../functions/stream/audit-changes.ts';
import { consumeStream } from '../../functions/stream/consume-stream.ts';
import { type StreamPump, startStreamPump } from '../../infra/local/streams/stream-pump.ts';
import { type TableDefinition, tables } from '../../infra/tables.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { testClient } from './dynamodb.ts';
import { recordingObservers } from './recording-log.ts';

/** A small table with a stream that carries whole items, which is more than any of the product's does. */
export const things = {
  name: 'things',
  environmentVariable: 'THINGS_TABLE',
  partitionKey: { name: 'pk', type: 'string' },
  sortKey: { name: 'sk', type: 'string' },
  indexes: [],
  stream: 'new-and-old-images',
} as const satisfies TableDefinition;

/** The streams of the embedded DynamoDB. */
export function streamsOf(endpoint: string): DynamoDBStreamsClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoDBStreamsClient({ endpoint, region: 'local', credentials });
}

/**
 * Pumps its changes into the audit by the real function.
 *
 * @param strange a table the function does not know.
 */
export function pumpThings(endpoint: string, directory: string, strange?: string): Promise<StreamPump> {
  const client = testClient(endpoint);
  const kinds = [{ kind: 'thing', pk: /^THING#\d+$/, sk: /^V\d+$/ }];
  return startStreamPump({
    client,
    streams: streamsOf(endpoint),
    tables: [things.name, tables.audit.name, ...(strange === undefined ? [] : [strange])],
    handler: consumeStream({
      tables: new Map([[things.name, { name: 'things', kinds }]]),
      subscribers: [auditChanges(new DynamoAuditStore(client, tables.audit.name))],
      log: recordingObservers().log,
    }),
    directory,
    retries: 2,
  });
}

// Run by itself, it pumps until it is killed.
if (process.argv[1] === import.meta.filename) {
  const [endpoint = '', directory = ''] = process.argv.slice(2);
  await pumpThings(endpoint, directory);
  console.log('pumping');
}
